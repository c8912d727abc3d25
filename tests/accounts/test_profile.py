"""One's own page: names; the private menu of the header."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def own(client, person):
    client.force_login(person, backend=BACKEND)
    return client


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
