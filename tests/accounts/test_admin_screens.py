"""People, letters and consents in the admin: in Russian, found in any case, without secrets."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.core import letters, privacy
from portal.core.models import Consent, ConsentText, Letter, LetterTemplate
from tests.accounts.conftest import PASSWORD
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NEW = {
    "email": "Colleague@example.org",
    "last_name": "Ёлкина",
    "first_name": "Проба",
    "patronymic": "Примеровна",
    "position": "методист",
}


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_administrator_makes_an_account_and_the_person_chooses_the_password_by_letter(
    admin_client, client, read_letter, sign_in
):
    page = text(admin_client.get("/admin/users/new/"))
    assert 'type="password"' not in page
    admin_client.post("/admin/users/new/", NEW)
    user = User.objects.get(email="colleague@example.org")
    assert not user.has_usable_password()
    message, link = read_letter("colleague@example.org")
    assert "создана учётная запись" in message.subject
    admin_client.logout()
    form = client.get(link).url
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in("colleague@example.org").url == "/cabinet/"  # the letter proved the mailbox


@pytest.mark.parametrize("asked", ["ёлк", "ЕЛКИНА", "проба елкина", "COLLEAGUE@", "примеровна"])
def test_people_are_found_by_any_part_of_a_name_in_any_case(admin_client, person, asked):
    admin_client.post("/admin/users/new/", NEW)
    page = text(admin_client.get("/admin/users/", {"q": asked}))
    assert "Ёлкина Проба" in page
    assert "Тестова" not in page


def test_people_stand_in_russian_order(admin_client):
    for name in ("Жукова", "Ёлкина", "Енотова"):
        make_account(f"{len(name)}{ord(name[1])}@example.org", PASSWORD, last_name=name, first_name="П")
    page = text(admin_client.get("/admin/users/"))
    assert page.index("Енотова") < page.index("Ёлкина") < page.index("Жукова")


def test_list_of_people_costs_the_same_for_one_and_for_many(admin_client):
    make_account("a1@example.org", PASSWORD)
    admin_client.get("/admin/users/")
    with CaptureQueriesContext(connection) as one:
        admin_client.get("/admin/users/")
    for number in range(3):
        make_account(f"b{number}@example.org", PASSWORD)
    with CaptureQueriesContext(connection) as many:
        admin_client.get("/admin/users/")
    assert len(one) == len(many)


def test_account_is_edited_without_a_password_and_with_the_patronymic(admin_client, person):
    page = text(admin_client.get(f"/admin/users/edit/{person.pk}/"))
    assert 'type="password"' not in page
    admin_client.post(f"/admin/users/edit/{person.pk}/", {**NEW, "is_active": "on"})
    person.refresh_from_db()
    assert (person.patronymic, person.email) == ("Примеровна", "colleague@example.org")
    assert person.check_password(PASSWORD)
    assert list(person.emailaddress_set.values_list("email", "verified")) == [("colleague@example.org", True)]


def test_taken_mailbox_is_refused_in_words(admin_client, person):
    page = text(admin_client.post("/admin/users/new/", {**NEW, "email": person.email.upper()}))
    assert "уже" in page
    assert User.objects.filter(email=person.email).count() == 1


def test_outbox_shows_no_text_with_a_one_time_link(admin_client, person):
    letters.queue_letter("account_reset", person.email, {"name": "П", "link": "https://x/secret-link"}, secret=True)
    letter = Letter.objects.get()
    assert "Сброс пароля" in text(admin_client.get("/admin/snippets/core/letter/"))
    page = text(admin_client.get(f"/admin/snippets/core/letter/inspect/{letter.pk}/"))
    assert "secret-link" not in page
    assert "Не показывается" in page


def test_outbox_is_read_and_not_edited(admin_client, person):
    letters.queue_letter("account_exists", person.email, {"link": "x"})
    letter = Letter.objects.get()
    for path in ("add/", f"edit/{letter.pk}/", f"delete/{letter.pk}/"):
        assert admin_client.get(f"/admin/snippets/core/letter/{path}").status_code in {302, 403, 404}
        admin_client.post(f"/admin/snippets/core/letter/{path}", {})
    assert Letter.objects.filter(pk=letter.pk).exists()


def test_failed_letter_is_sent_again_by_a_button(admin_client, person):
    letters.queue_letter("account_exists", person.email, {"link": "x"})
    letter = Letter.objects.get()
    Letter.objects.update(status="failed")
    path = f"/admin/snippets/core/letter/resend/{letter.pk}/"
    assert path in text(admin_client.get("/admin/snippets/core/letter/"))
    assert "ещё раз?" in text(admin_client.get(path))
    admin_client.post(path)
    letter.refresh_from_db()
    assert letter.status == "queued"


def test_template_is_edited_with_its_placeholders_in_sight_and_a_preview(admin_client):
    template = LetterTemplate.objects.get(kind="account_reset")
    path = f"/admin/snippets/core/lettertemplate/edit/{template.pk}/"
    page = text(admin_client.get(path))
    assert "{link}" in page
    assert "Анна Петровна" in page
    refused = text(admin_client.post(path, {"subject": "Пароль", "body": "Без ссылки"}))
    assert "не имеет смысла" in refused
    admin_client.post(path, {"subject": "Пароль", "body": "Вот: {link}"})
    template.refresh_from_db()
    assert template.body == "Вот: {link}"
    assert admin_client.get("/admin/snippets/core/lettertemplate/add/").status_code in {302, 403, 404}


def test_edition_in_use_opens_as_a_copy_that_becomes_the_next_one(admin_client, person):
    used = privacy.give_consent("account", user=person, address=None, basis="тест").text
    path = f"/admin/snippets/core/consenttext/edit/{used.pk}/"
    assert admin_client.get(path).url == f"/admin/snippets/core/consenttext/copy/{used.pk}/"
    assert admin_client.post(path, {"title": "Подмена"}).status_code == 302
    page = text(admin_client.get(f"/admin/snippets/core/consenttext/copy/{used.pk}/"))
    assert used.title in page
    block = {
        "key": "a",
        "text": "Новые слова",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    body = json.dumps({"blocks": [block], "entityMap": {}})
    data = {"purpose": "account", "title": "Новая редакция", "in_force_from": "01.01.2026", "body": body}
    admin_client.post("/admin/snippets/core/consenttext/add/", data)
    assert list(ConsentText.objects.filter(purpose="account").values_list("version", "title")) == [
        (2, "Новая редакция"),
        (1, used.title),
    ]


def test_withdrawal_that_came_by_letter_is_entered_by_the_office(client, person):
    consent = privacy.give_consent("distribution", user=person, address=None, basis="тест")
    office = make_account("office@example.org", PASSWORD)
    group = Group.objects.create(name="Проверка")
    office.groups.add(group)
    client.force_login(office, backend="allauth.account.auth_backends.AuthenticationBackend")
    path = f"/admin/snippets/core/consent/withdraw/{consent.pk}/"
    names = ["access_admin", "view_consent"]
    group.permissions.set(Permission.objects.filter(codename__in=names))
    client.post(path)
    assert Consent.objects.active().count() == 1  # viewing is not withdrawing
    group.permissions.set(Permission.objects.filter(codename__in=[*names, "change_consent"]))
    page = client.post(path, {"received_on": "2999-01-01", "scan": ""}).content.decode()
    assert "ещё не наступил" in page
    assert Consent.objects.active().count() == 1  # without the paper nothing is done
    client.post(path, {"received_on": "2022-03-12", "scan": "папка 4, вх. № 15"})
    assert not Consent.objects.active().exists()
    consent.refresh_from_db()
    assert consent.withdrawal_note == "Письмо от 12.03.2022: папка 4, вх. № 15"


def test_own_settings_of_the_admin_take_no_portrait_mailbox_or_password(admin_client):
    answer = admin_client.get("/admin/account/")
    assert "no-store" in answer["Cache-Control"]
    page = text(answer)
    for name in ("avatar-avatar", "name_email-email", "password-old_password"):
        assert f'name="{name}"' not in page
    assert 'name="name_email-last_name"' in page
