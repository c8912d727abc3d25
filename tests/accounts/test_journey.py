"""A stranger signs up, confirms the mailbox, enters, forgets the password and enters again, led by letters alone."""

from __future__ import annotations

import pytest
from django.core import mail

from portal.accounts.models import User
from portal.core import letters
from portal.core.models import Consent, ConsentText, Letter
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_stranger_walks_from_sign_up_to_a_new_password(client, signup_data, read_letter, sign_in):
    answer = client.post("/accounts/signup/", signup_data, REMOTE_ADDR="10.1.2.3")
    assert answer.url == "/accounts/confirm-email/"
    user = User.objects.get()
    assert (user.email, user.get_full_name()) == ("new@example.org", "Тестова Проба Примеровна")

    assert sign_in("new@example.org").url == "/accounts/confirm-email/"  # not before the mailbox is proved
    message, link = read_letter("new@example.org")
    assert message.subject.startswith("Подтвердите")
    assert client.get(link).status_code == 200
    assert not user.emailaddress_set.get().verified  # reading a letter by a robot confirms nothing
    assert client.post(link).url == "/accounts/login/"
    assert user.emailaddress_set.get().verified

    assert sign_in("new@example.org").url == "/cabinet/"
    client.post("/accounts/logout/")
    assert client.get("/accounts/").status_code == 302

    client.post("/accounts/password/reset/", {"email": "new@example.org"})
    message, link = read_letter("new@example.org")
    form = client.get(link).url
    assert "set-password" in form
    answer = client.post(form, {"password1": "новая-фраза-про-лес", "password2": "новая-фраза-про-лес"})
    assert answer.url == "/accounts/password/reset/key/done/"
    assert "не подходит" in client.get(link).content.decode()  # the link works once
    assert sign_in("new@example.org").status_code == 200  # the former password is over
    assert sign_in("new@example.org", "новая-фраза-про-лес").url == "/cabinet/"


def test_sign_up_records_the_consent(client, signup_data):
    client.post("/accounts/signup/", signup_data, REMOTE_ADDR="10.1.2.3")
    consent = Consent.objects.get()
    text = ConsentText.objects.get(purpose="account")
    assert (consent.user.email, consent.text, consent.text_digest) == ("new@example.org", text, text.digest)
    assert (consent.address, consent.basis, consent.is_active) == ("10.1.2.3", "форма регистрации", True)


def test_sign_up_without_the_tick_makes_no_account_and_keeps_what_was_typed(client, signup_data):
    del signup_data["consent"]
    answer = client.post("/accounts/signup/", signup_data)
    page = answer.content.decode()
    assert "Без согласия" in page
    assert 'value="Примеровна"' in page
    assert not User.objects.exists()


def test_tick_is_empty_at_first_and_its_text_opens_beside_the_form(client):
    page = client.get("/accounts/signup/").content.decode()
    tick = page[page.index('name="consent"') - 100 : page.index('name="consent"') + 200].split(">")[0]
    assert "checked" not in tick
    assert 'href="/consents/account/1/" target="_blank"' in page


def test_newer_edition_asks_for_the_tick_again(client, signup_data):
    ConsentText.objects.create(purpose="account", version=2, title="Согласие", body="<p>Новое</p>")
    page = client.post("/accounts/signup/", signup_data).content.decode()
    assert "Текст согласия обновился" in page
    assert not User.objects.exists()
    signup_data["consent_version"] = "2"
    client.post("/accounts/signup/", signup_data)
    assert Consent.objects.get().text.version == 2


def test_nobody_signs_up_while_there_is_no_text(client, signup_data):
    ConsentText.objects.filter(purpose="account").delete()
    assert "Регистрация пока закрыта" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", signup_data)
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "123"])
def test_name_without_letters_is_refused(client, signup_data, name):
    client.post("/accounts/signup/", {**signup_data, "last_name": name})
    assert not User.objects.exists()


def test_links_lead_to_the_portal_whatever_the_host_header_says(client, person, read_letter, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/accounts/password/reset/", {"email": person.email}, headers={"host": "evil.example.org"})
    message, _link = read_letter(person.email)
    assert "evil" not in message.body


def test_one_time_links_are_wiped_from_the_outbox(client, signup_data, person):
    client.post("/accounts/signup/", signup_data)
    client.post("/accounts/password/reset/", {"email": person.email})
    letters.deliver_due_letters()
    assert [letter.secret for letter in Letter.objects.all()] == [True, True]
    assert [letter.body for letter in Letter.objects.all()] == ["", ""]


def test_form_answers_while_the_mail_server_is_away(client, person, settings, django_capture_on_commit_callbacks):
    settings.LETTERS_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/password/reset/", {"email": person.email})
    assert answer.url == "/accounts/password/reset/done/"
    assert Letter.objects.get().status == "queued"
    assert mail.outbox == []


@pytest.mark.parametrize(("target", "leads_to"), [("/news/", "/news/"), ("https://evil.example.org/", "/cabinet/")])
def test_sign_in_leads_on_to_own_pages_alone(client, person, target, leads_to):
    answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD, "next": target})
    assert answer.url == leads_to


def test_staff_go_to_the_admin_after_sign_in(sign_in, admin_user):
    assert sign_in(admin_user.email, "portal-test-2022").url == "/admin/"


def test_changed_mailbox_counts_once_confirmed(client, person, read_letter, sign_in):
    sign_in(person.email)
    asked = client.post("/accounts/email/", {"email": "later@example.org", "action_add": ""}).url
    assert asked.startswith("/accounts/reauthenticate/")  # whoever sits at the left computer has no password
    client.post(asked, {"password": PASSWORD})
    person.refresh_from_db()
    assert person.email == "teacher@example.org"
    _message, link = read_letter("later@example.org")
    client.post(link)
    person.refresh_from_db()
    assert person.email == "later@example.org"
