"""«Мои согласия»: to what, in which edition, where used; asked first, withdrawn once, with a number and a term."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.core import privacy
from portal.core.models import Consent
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.models import PracticeAuthor
from tests.cabinet.conftest import PASSWORD
from tests.factories.people import make_account
from tests.factories.practices import PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def own(come, person):
    return come(person)


def give(user, purpose="distribution", fields=("name", "position")):
    return privacy.give_consent(purpose, user=user, address="10.0.0.1", basis="форма на портале", fields=fields)


def address(consent):
    return f"/cabinet/consents/{consent.pk}/"


def test_list_tells_purpose_edition_date_and_what_is_open(own, person):
    consent = give(person)
    page = own.get("/cabinet/consents/").content.decode()
    assert "/consents/distribution/1/" in page
    assert "редакция 1" in page
    assert "фамилия и имя, должность" in page
    assert address(consent) in page


def test_list_tells_where_the_name_stands(own, person, home):
    practice = PracticePageFactory(title="Чемодан сказок")
    consent = give(person)
    position = Term.objects.of(Vocabulary.POSITION).first()
    PracticeAuthor.objects.create(page=practice, name="Тестова Проба", consent=consent, position=position)
    page = own.get("/cabinet/consents/").content.decode()
    assert "Где используется: 1" in page
    assert "«Чемодан сказок»" in page
    assert "«Чемодан сказок»" in own.get(address(consent)).content.decode()  # what will change


def test_list_costs_the_same_for_one_consent_and_for_thirty(own, person, django_assert_num_queries):
    give(person)
    own.get("/cabinet/consents/")
    with django_assert_num_queries(10):
        own.get("/cabinet/consents/")
    for _number in range(29):
        give(person)
    with django_assert_num_queries(10):
        own.get("/cabinet/consents/")


def test_withdrawal_is_asked_first_done_once_and_has_a_number_and_a_term(own, person):
    consent = give(person)
    assert "скроются со страниц" in own.get(address(consent)).content.decode()
    assert Consent.objects.active().count() == 1
    for _press in range(2):
        receipt = own.post(address(consent), follow=True).content.decode()
    consent.refresh_from_db()
    assert consent.withdrawal_number in receipt
    assert "прекратится не позднее" in receipt
    assert consent.withdrawal_number in own.get("/cabinet/consents/").content.decode()
    assert not Consent.objects.active().exists()


def test_withdrawn_account_is_closed_at_once_on_every_device(own, come, person):
    other = come(person)
    consent = give(person, "account", ())
    assert "закроется сразу" in own.get(address(consent)).content.decode()
    assert own.post(address(consent)).url == "/accounts/closed/"
    assert own.get("/accounts/closed/").status_code == 200
    assert other.get("/cabinet/").status_code == 302
    answer = Client().post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert answer.url == "/accounts/inactive/"


def test_consent_of_another_person_is_not_there(own, db):
    consent = give(make_account("other@example.org"))
    assert own.get(address(consent)).status_code == 404
    assert own.post(address(consent)).status_code == 404
    assert Consent.objects.active().count() == 1


def test_last_administrator_cannot_close_the_portal_to_everybody(admin_client, admin_user, settings):
    settings.MFA_REQUIRED = False
    consent = give(admin_user, "account", ())
    assert "единственный администратор" in admin_client.get(address(consent)).content.decode()
    admin_client.post(address(consent))
    admin_user.refresh_from_db()
    assert admin_user.is_active


def test_nothing_given_says_what_comes_here(own):
    assert "Вы ещё не давали согласий" in own.get("/cabinet/consents/").content.decode()
