"""One's own sign-ins: seen, in words, ended one by one or all but this."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.sessions import device, end_sessions, forget_past
from tests.cabinet.conftest import PASSWORD
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0 Mobile Safari/537.36"
COMPUTER = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"


def sign_in(person, agent, remote="10.0.0.5"):
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=remote)
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome, телефон или планшет Android"),
        (COMPUTER, "Firefox, компьютер с Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 YaBrowser/24 Safari/537", "Яндекс Браузер, компьютер с Windows"),
        ("curl/8", "неизвестное устройство"),
        ("", "неизвестное устройство"),
    ],
)
def test_device_is_named_in_words(agent, words):
    assert device(agent) == words


def test_person_sees_own_devices_and_nobody_elses(person):
    other = make_account("other@example.org", PASSWORD)
    sign_in(other, PHONE, "10.9.9.9")
    sign_in(person, PHONE, "10.0.0.6")
    page = sign_in(person, COMPUTER).get("/cabinet/sessions/").content.decode()
    assert "Firefox, компьютер с Windows" in page
    assert "Chrome, телефон или планшет Android" in page
    assert "10.0.0.6" in page
    assert "10.9.9.9" not in page
    assert page.count("это устройство") == 1


def test_one_device_is_ended_and_this_one_goes_on(person):
    phone, computer = sign_in(person, PHONE), sign_in(person, COMPUTER)
    pk = person.usersession_set.get(user_agent=PHONE).pk
    computer.post(f"/cabinet/sessions/{pk}/end/")
    assert phone.get("/cabinet/").status_code == 302
    assert computer.get("/cabinet/").status_code == 200


def test_all_others_are_ended_at_once(person):
    phone, tablet, computer = (sign_in(person, agent) for agent in (PHONE, PHONE, COMPUTER))
    page = computer.post("/cabinet/sessions/others/end/", follow=True).content.decode()
    assert "Завершено: 2 сеанса." in page
    assert phone.get("/cabinet/").status_code == tablet.get("/cabinet/").status_code == 302
    assert computer.get("/cabinet/").status_code == 200


def test_device_of_another_person_is_not_there(person):
    other = make_account("other@example.org", PASSWORD)
    theirs = sign_in(other, PHONE)
    pk = other.usersession_set.get().pk
    assert sign_in(person, COMPUTER).post(f"/cabinet/sessions/{pk}/end/").status_code == 404
    assert theirs.get("/cabinet/").status_code == 200


def test_new_password_signs_out_every_other_device(person):
    phone, computer = sign_in(person, PHONE), sign_in(person, COMPUTER)
    new = "другая-уточка-у-пруда-8"
    computer.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert phone.get("/cabinet/").status_code == 302
    assert computer.get("/cabinet/").status_code == 200
    assert person.usersession_set.count() == 1


def test_sign_in_that_nobody_used_is_written_down_when_it_is_used(come, person):
    own = come(person)
    own.get("/cabinet/")
    assert person.usersession_set.count() == 1
    assert end_sessions(person) == 1
    assert own.get("/cabinet/").status_code == 302


def test_ended_rows_do_not_pile_up(person):
    own = sign_in(person, PHONE)
    own.post("/accounts/logout/")
    assert forget_past() == 1
    assert not person.usersession_set.exists()


def test_list_costs_the_same_for_one_device_and_for_thirty(person, django_assert_num_queries):
    own = sign_in(person, COMPUTER)
    own.get("/cabinet/sessions/")
    with django_assert_num_queries(6):
        own.get("/cabinet/sessions/")
    for _number in range(9):
        sign_in(person, PHONE)
    with django_assert_num_queries(6):
        own.get("/cabinet/sessions/")
