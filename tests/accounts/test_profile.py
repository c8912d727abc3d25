"""One's own page: names, consents and their withdrawal; the private menu of the header."""

from __future__ import annotations

import pytest

from portal.core import privacy
from portal.core.models import Consent
from tests.accounts.conftest import PASSWORD
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def own(client, person):
    client.force_login(person, backend=BACKEND)
    return client


def give(user, purpose="distribution"):
    return privacy.give_consent(purpose, user=user, address="10.0.0.1", basis="тест", fields=["имя"])


def test_names_are_changed_and_cleaned(own, person):
    own.post("/accounts/", {"last_name": " Новая\u200b ", "first_name": "Проба", "position": "воспитатель"})
    person.refresh_from_db()
    assert (person.last_name, person.position) == ("Новая", "воспитатель")


def test_refused_form_shows_what_is_wrong_and_changes_nothing(own, person):
    page = own.post("/accounts/", {"last_name": "", "first_name": "Другая"}).content.decode()
    person.refresh_from_db()
    assert "Форма не отправлена" in page
    assert person.first_name == "Проба"


def test_page_is_private_and_kept_by_no_cache(own, client):
    assert "no-store" in own.get("/accounts/").headers["Cache-Control"]
    own.logout()
    assert own.get("/accounts/").url == "/accounts/login/?next=/accounts/"


def test_consents_are_listed_with_edition_and_way_out(own, person):
    consent = give(person)
    page = own.get("/accounts/").content.decode()
    assert "/consents/distribution/1/" in page
    assert "Редакция 1" in page
    assert f"/accounts/consents/{consent.pk}/withdraw/" in page


def test_withdrawal_is_asked_first_and_done_by_post(own, person):
    consent = give(person)
    page = own.get(f"/accounts/consents/{consent.pk}/withdraw/").content.decode()
    assert "скроются со страниц" in page
    assert Consent.objects.active().count() == 1
    assert own.post(f"/accounts/consents/{consent.pk}/withdraw/").url == "/accounts/"
    assert not Consent.objects.active().exists()
    assert own.post(f"/accounts/consents/{consent.pk}/withdraw/").status_code == 404  # a second click


def test_withdrawn_account_is_closed_at_once_on_every_device(own, person, sign_in, django_user_model):
    from django.test import Client

    other = Client()
    other.force_login(person, backend=BACKEND)
    consent = give(person, "account")
    assert own.post(f"/accounts/consents/{consent.pk}/withdraw/").url == "/accounts/closed/"
    assert own.get("/accounts/closed/").status_code == 200
    assert other.get("/accounts/").status_code == 302
    assert sign_in(person.email).url == "/accounts/inactive/"


def test_consent_of_another_person_is_not_there(own, db):
    consent = give(make_account("other@example.org", PASSWORD))
    assert own.get(f"/accounts/consents/{consent.pk}/withdraw/").status_code == 404
    assert own.post(f"/accounts/consents/{consent.pk}/withdraw/").status_code == 404
    assert Consent.objects.active().count() == 1


def test_last_administrator_cannot_close_the_portal_to_everybody(admin_client, admin_user):
    consent = give(admin_user, "account")
    assert (
        "единственный администратор" in admin_client.get(f"/accounts/consents/{consent.pk}/withdraw/").content.decode()
    )
    admin_client.post(f"/accounts/consents/{consent.pk}/withdraw/")
    admin_user.refresh_from_db()
    assert admin_user.is_active


def test_menu_of_a_stranger_is_the_way_in(client, db):
    answer = client.get("/accounts/menu/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "/accounts/login/" in answer.content.decode()
    assert "csrf" not in answer.content.decode()


def test_menu_of_a_person_names_them_and_shows_the_way_out(own):
    page = own.get("/accounts/menu/").content.decode()
    assert "Проба" in page
    assert 'action="/accounts/logout/" method="post"' in page
    assert "/admin/" not in page


@pytest.mark.parametrize("number", ["", "x", "99999999999999999999", "٣", "0"])
def test_menu_survives_any_number_of_a_page(admin_client, number):
    answer = admin_client.get("/accounts/menu/", {"page": number})
    assert answer.status_code == 200
    assert "Править страницу" not in answer.content.decode()


def test_menu_offers_to_edit_a_page_to_who_may(admin_client, own, person, home):
    admin_client.force_login(person, backend=BACKEND)
    assert "Править" not in admin_client.get("/accounts/menu/", {"page": home.pk}).content.decode()


def test_menu_offers_to_edit_a_page_to_an_administrator(admin_client, home):
    assert f"/admin/pages/{home.pk}/edit/" in admin_client.get("/accounts/menu/", {"page": home.pk}).content.decode()
