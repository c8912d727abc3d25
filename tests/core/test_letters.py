"""The outbox: a letter leaves once, after the commit, and outlives every fault of the mail server."""

from __future__ import annotations

import smtplib
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as MemoryBackend
from django.db import connection, transaction
from django.utils import timezone

from portal.core import letters
from portal.core.models import Letter, LetterTemplate
from portal.core.models.letters import LetterStatus

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
CONTEXT = {"name": "Анна", "link": "https://example.org/one-time"}


class RefusingBackend(MemoryBackend):
    def open(self):
        raise ConnectionRefusedError("refused")

    def send_messages(self, messages):
        raise ConnectionRefusedError("refused")


class SilentBackend(MemoryBackend):
    tries = 0

    def open(self):
        type(self).tries += 1
        raise TimeoutError("timed out")


class PickyBackend(MemoryBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such user")})


@pytest.fixture
def backend(settings):
    def use(cls):
        settings.LETTERS_BACKEND = f"{cls.__module__}.{cls.__qualname__}"

    return use


def queue(**kwargs):
    return letters.queue_letter("account_confirm", "a@example.org", CONTEXT, **kwargs)


def test_letter_is_sent_once_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter = queue()
        assert mail.outbox == []
    letters.deliver_due_letters()
    letter.refresh_from_db()
    assert [message.to for message in mail.outbox] == [["a@example.org"]]
    assert letter.status == LetterStatus.SENT
    assert letter.sent_at is not None
    assert "https://example.org/one-time" in mail.outbox[0].body.splitlines()


def test_letter_of_a_rolled_back_transaction_does_not_exist(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        queue()
        raise ZeroDivisionError
    assert letters.deliver_due_letters() == 0
    assert not Letter.objects.exists()
    assert mail.outbox == []


def test_secret_letter_is_wiped_once_sent():
    letter = queue(secret=True)
    letters.deliver_due_letters()
    letter.refresh_from_db()
    assert "one-time" in mail.outbox[0].body
    assert letter.body == ""


def test_ordinary_letter_keeps_its_text():
    letter = queue()
    letters.deliver_due_letters()
    letter.refresh_from_db()
    assert "one-time" in letter.body


def test_same_dedupe_key_writes_no_second_letter():
    assert queue(dedupe_key="practice-1-published") is not None
    assert queue(dedupe_key="practice-1-published") is None
    assert letters.deliver_due_letters() == 1


def test_line_break_in_the_subject_is_refused():
    LetterTemplate.objects.filter(kind="account_confirm").update(subject="Письмо для {name}")
    with pytest.raises(ValueError, match="line break"):
        letters.queue_letter("account_confirm", "a@example.org", {"name": "А\r\nBcc: b@example.org", "link": "x"})


@pytest.mark.parametrize("address", ["a@example.org\nBcc: b@example.org", "no address", ""])
def test_wrong_address_is_refused(address):
    with pytest.raises(ValueError, match="wrong address"):
        letters.queue_letter("account_confirm", address, CONTEXT)


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="unknown kind"):
        letters.queue_letter("nothing", "a@example.org", {})


def test_values_are_put_in_as_text_and_only_once():
    LetterTemplate.objects.filter(kind="account_confirm").update(body="{name} {link} {unknown} {0.__class__} {% now %}")
    _subject, body = letters.compose("account_confirm", {"name": "{link}", "link": "{{ settings }}"})
    assert body == "{link} {{ settings }} {unknown} {0.__class__} {% now %}"


def test_edited_template_is_used():
    LetterTemplate.objects.filter(kind="account_confirm").update(subject="Своими словами", body="{link}")
    assert letters.compose("account_confirm", CONTEXT) == ("Своими словами", CONTEXT["link"])


def test_refused_server_delays_the_letter_by_the_schedule_and_loses_none(backend):
    backend(RefusingBackend)
    letter = queue()
    start = timezone.now() + timedelta(seconds=1)
    with time_machine.travel(start, tick=False):
        assert letters.deliver_due_letters() == 0
        letter.refresh_from_db()
        assert letter.status == LetterStatus.QUEUED
        assert letter.next_attempt_at == start + timedelta(minutes=1)
        assert "ConnectionRefusedError" in letter.last_error
    backend(MemoryBackend)
    with time_machine.travel(start + timedelta(minutes=1), tick=False):
        assert letters.deliver_due_letters() == 1
    assert len(mail.outbox) == 1


def test_letter_is_given_up_after_two_days(backend):
    backend(RefusingBackend)
    letter = queue(secret=True)
    now = start = timezone.now() + timedelta(seconds=1)
    for _attempt in range(20):
        with time_machine.travel(now, tick=False):
            letters.deliver_due_letters()
        letter.refresh_from_db()
        if letter.status == LetterStatus.FAILED:
            break
        now = letter.next_attempt_at
    assert letter.status == LetterStatus.FAILED
    assert timedelta(days=1, hours=12) < now - start <= timedelta(days=2)
    assert letter.body == ""  # a link that old no longer works
    assert letters.resend(letter) is False


def test_silent_server_ends_the_round_after_one_letter(backend):
    backend(SilentBackend)
    SilentBackend.tries = 0
    for _number in range(5):
        queue()
    assert letters.deliver_due_letters() == 0
    assert SilentBackend.tries == 1
    assert Letter.objects.filter(status=LetterStatus.QUEUED).count() == 5


def test_refused_recipient_fails_at_once_and_can_be_sent_again(backend):
    backend(PickyBackend)
    letter = queue()
    letters.deliver_due_letters()
    letter.refresh_from_db()
    assert letter.status == LetterStatus.FAILED
    backend(MemoryBackend)
    assert letters.resend(letter) is True
    assert letters.deliver_due_letters() == 1


def test_killed_between_claim_and_send_the_letter_leaves_when_the_claim_runs_out():
    letter = queue()
    assert letters._claim(letter.pk) is not None  # and here the worker dies
    assert letters.deliver_due_letters() == 0  # the claim still holds: it may be alive and sending
    with time_machine.travel(timezone.now() + letters.CLAIM + timedelta(seconds=1), tick=False):
        assert letters.deliver_due_letters() == 1
        assert letters.deliver_due_letters() == 0
    assert len(mail.outbox) == 1


def test_every_attempt_bears_the_same_message_id():
    letter = queue()
    letters.deliver_due_letters()
    Letter.objects.filter(pk=letter.pk).update(status=LetterStatus.SENDING, body="again")
    with time_machine.travel(timezone.now() + letters.CLAIM + timedelta(seconds=1), tick=False):
        letters.deliver_due_letters()
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_letter_once():
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once: PostgreSQL")
    with transaction.atomic():
        for _number in range(20):
            letters.Letter.objects.create(kind="x", to="a@example.org", subject="Тема", body="Текст")
    barrier = threading.Barrier(2)
    sent = []

    def work():
        barrier.wait()
        sent.append(letters.deliver_due_letters())
        connection.close()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 20
    assert Letter.objects.filter(status=LetterStatus.SENT, attempts=1).count() == 20
