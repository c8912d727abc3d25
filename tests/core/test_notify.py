"""Telling a person: the bell always, the letter as the person chose, each thing once."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction

from portal.core import letter_kinds, letters, notify
from portal.core.models import Letter, LetterChoice, Notice
from portal.core.models.notices import LetterWay
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
GROUP = "Проверочные письма"


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Two kinds of one group, of which one comes whatever a person chose."""
    monkeypatch.setattr(letter_kinds, "_kinds", dict(letter_kinds._kinds))
    for kind, necessary in (("test_step", False), ("test_term", True)):
        letter_kinds.register_kind(
            letter_kinds.LetterKind(
                kind,
                f"Проверка {kind}",
                "Тема {what}",
                "Текст {what}\n\n{link}\n",
                {"what": "что", "link": "ссылка"},
                {"what": "практика", "link": "https://example.org/"},
                group=GROUP,
                necessary=necessary,
            )
        )


@pytest.fixture
def person():
    return make_account("teacher@example.org", last_name="Тестова", first_name="Проба")


def tell(user, kind="test_step", **kwargs):
    options = {"href": "/cabinet/practices/abc/", "title": "Практика возвращена", **kwargs}
    return notify.tell(user, kind, {"what": "практика"}, **options)


def test_person_gets_a_letter_and_a_line_of_the_bell(person):
    notice = tell(person)
    letter = Letter.objects.get()
    assert (notice.title, notice.href, notice.read_at) == ("Практика возвращена", "/cabinet/practices/abc/", None)
    assert letter.to == "teacher@example.org"
    assert "http://testserver/cabinet/practices/abc/" in letter.body.splitlines()


def test_what_was_told_in_a_rolled_back_transaction_was_not_told(person):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(person)
        raise ZeroDivisionError
    assert not Notice.objects.exists()
    assert not Letter.objects.exists()


def test_same_key_tells_each_person_once(person):
    other = make_account("other@example.org")
    assert tell(person, dedupe_key="practice-1:returned") is not None
    assert tell(person, dedupe_key="practice-1:returned") is None
    assert tell(other, dedupe_key="practice-1:returned") is not None
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["other@example.org", "teacher@example.org"]


def test_who_left_the_group_keeps_the_bell_and_gets_no_letter_but_the_necessary(person):
    notify.choose(person, GROUP, LetterWay.NEVER)
    tell(person)
    tell(person, "test_term")
    assert Notice.objects.filter(user=person).count() == 2
    assert list(Letter.objects.values_list("kind", flat=True)) == ["test_term"]


@pytest.mark.parametrize("way", [LetterWay.DAILY, LetterWay.WEEKLY])
def test_who_chose_a_digest_has_the_notice_wait_for_it(person, way):
    notify.choose(person, GROUP, way)
    assert tell(person).for_digest
    assert not tell(person, "test_term").for_digest
    assert list(Letter.objects.values_list("kind", flat=True)) == ["test_term"]


def test_leaving_a_group_empties_what_waited_for_its_digest(person):
    notify.choose(person, GROUP, LetterWay.DAILY)
    tell(person)
    notify.choose(person, GROUP, LetterWay.NEVER)
    assert not Notice.objects.filter(for_digest=True).exists()


def test_closed_account_is_told_nothing(person):
    person.is_active = False
    assert tell(person) is None
    assert not Letter.objects.exists()


@pytest.mark.parametrize("href", ["https://example.org/", "//example.org/", "cabinet/", ""])
def test_address_of_another_site_is_refused(person, href):
    with pytest.raises(ValueError, match="path"):
        tell(person, href=href)


def test_unknown_kind_is_refused_before_anything_is_written(person):
    with pytest.raises(ValueError, match="unknown kind"):
        tell(person, "nothing")
    assert not Notice.objects.exists()


def test_letter_that_can_be_left_carries_the_way_out_and_the_necessary_one_does_not(person):
    tell(person)
    tell(person, "test_term")
    letters.deliver_due_letters()
    optional, necessary = sorted(mail.outbox, key=lambda message: "List-Unsubscribe" not in message.extra_headers)
    link = optional.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in optional.body.splitlines()
    assert optional.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in necessary.extra_headers
    assert "unsubscribe" not in necessary.body


def test_headers_of_the_way_out_stay_whole_on_the_wire(person):
    tell(person)
    letters.deliver_due_letters()
    wire = mail.outbox[0].message().as_bytes()
    link = mail.outbox[0].extra_headers["List-Unsubscribe"]
    assert link.encode() in wire.replace(b"\n ", b" ").replace(b"\r", b"")


def test_one_click_without_a_session_leaves_the_group_and_a_look_does_not(client, person):
    link = notify.unsubscribe_url(person, GROUP).removeprefix("http://testserver")
    assert "Проверка test_step" in client.get(link).content.decode()
    assert not LetterChoice.objects.exists()
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "больше не придут" in answer.content.decode()
    assert LetterChoice.objects.get().way == LetterWay.NEVER
    client.post(link)
    assert LetterChoice.objects.count() == 1


def test_way_out_needs_no_csrf_token(person):
    from django.test import Client

    link = notify.unsubscribe_url(person, GROUP).removeprefix("http://testserver")
    assert Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_made_up_token_is_not_found(client, person):
    link = notify.unsubscribe_url(person, GROUP).removeprefix("http://testserver")
    assert client.post(link[:-2] + "x/").status_code == 404
    assert client.post(notify.unsubscribe_url(person, "Нет такой").removeprefix("http://testserver")).status_code == 404
    assert not LetterChoice.objects.exists()
