"""Mailings: drafts read and corrected, sent with the number confirmed, once, with failures seen and repeated."""

from __future__ import annotations

import threading

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from wagtail.models import ModelLogEntry

from portal.core import audiences, letters, notify, privacy
from portal.core.audiences import Recipient
from portal.core.models import Letter
from portal.core.models.letters import LetterStatus
from portal.core.models.notices import LetterWay
from portal.mailing.domain import mailings
from portal.mailing.domain.mailings import MailingError
from portal.mailing.enums import RowStatus
from portal.mailing.models import Mailing, MailingRow
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
GROUP = "Сообщения портала"
WORDS = {
    "title": "Приём",
    "audience": "test",
    "subject": "Приём: {organisation}",
    "body": "{name}, {organisation}. {site}",
}


@pytest.fixture
def circle(monkeypatch):
    """A circle of three people; its list may be changed."""
    people = [
        Recipient(f"head{number}@example.org", f"Имя {number}", None, {"organisation": f"Сад {number}"})
        for number in range(3)
    ]
    monkeypatch.setattr(audiences, "_audiences", dict(audiences._audiences))
    audiences.register("test", "Проверочный круг", lambda: people, placeholders={"organisation": ("сад", "Сад № 1")})
    return people


@pytest.fixture
def office(db):
    return make_account("office@example.org", groups=["Модераторы"])


@pytest.fixture
def mailing(circle, office):
    made = Mailing.objects.create(created_by=office, **WORDS)
    mailings.prepare(made, actor=office)
    return made


def states(mailing):
    return list(mailing.rows.order_by("email").values_list("status", flat=True))


def test_drafts_hold_the_values_of_each_and_nothing_leaves(mailing):
    row = mailing.rows.get(email="head1@example.org")
    assert (row.subject, row.body) == ("Приём: Сад 1", "Имя 1, Сад 1. http://testserver")
    mailings.hand_over()
    letters.deliver_due_letters()
    assert mail.outbox == []


def test_values_that_look_like_placeholders_stay_as_typed(circle, mailing, office):
    circle.append(Recipient("odd@example.org", "{site}", None, {"organisation": "{name}\r\nBcc: x@example.org"}))
    mailings.prepare(mailing, actor=office)
    row = mailing.rows.get(email="odd@example.org")
    assert row.body.startswith("{site}, {name}")
    assert "\n" not in row.subject


def test_sending_needs_the_right_number(mailing, office):
    with pytest.raises(MailingError, match="3 письма, а вы подтвердили 4"):
        mailings.send(mailing, actor=office, confirmed=4)
    assert set(states(mailing)) == {RowStatus.DRAFT}
    assert mailings.send(mailing, actor=office, confirmed=3) == 3


def test_letters_leave_once_however_often_the_worker_comes(mailing, office):
    mailings.send(mailing, actor=office, confirmed=3)
    assert mailings.hand_over() == 3
    assert mailings.hand_over() == 0
    letters.deliver_due_letters()
    letters.deliver_due_letters()
    assert sorted(message.to[0] for message in mail.outbox) == [f"head{number}@example.org" for number in range(3)]
    assert {row.state for row in mailing.rows.select_related("letter")} == {"отправлено"}


def test_worker_comes_by_itself_after_the_commit(mailing, office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        mailings.send(mailing, actor=office, confirmed=3)
        assert not Letter.objects.exists()
    assert Letter.objects.count() == 3


def test_found_ones_are_sent_and_the_others_wait(mailing, office):
    assert mailings.send(mailing, actor=office, confirmed=1, query="HEAD2") == 1
    assert states(mailing) == [RowStatus.DRAFT, RowStatus.DRAFT, RowStatus.QUEUED]


def test_second_press_finds_nothing_to_send(mailing, office):
    mailings.send(mailing, actor=office, confirmed=3)
    with pytest.raises(MailingError, match="Неотправленных писем нет"):
        mailings.send(mailing, actor=office, confirmed=3)


def test_corrected_letter_keeps_its_words_when_drafts_are_made_anew(circle, mailing, office):
    row = mailing.rows.get(email="head0@example.org")
    mailings.correct(row, subject="Лично вам", body="Своими\nсловами", actor=office)
    Mailing.objects.filter(pk=mailing.pk).update(body="Новый текст")
    circle.pop()
    mailing.refresh_from_db()
    assert mailings.prepare(mailing, actor=office) == 2
    assert list(mailing.rows.order_by("email").values_list("body", flat=True)) == ["Своими\nсловами", "Новый текст"]


def test_sent_letter_is_neither_corrected_nor_made_anew(mailing, office):
    mailings.send(mailing, actor=office, confirmed=3)
    with pytest.raises(MailingError):
        mailings.correct(mailing.rows.first(), subject="x", body="x", actor=office)
    assert mailings.prepare(mailing, actor=office) == 0
    assert mailing.rows.count() == 3


def test_excluded_letter_does_not_leave_and_may_be_taken_back(mailing, office):
    row = mailing.rows.first()
    assert mailings.turn(row, actor=office) is False
    assert mailings.send(mailing, actor=office, confirmed=2) == 2
    assert mailings.turn(row, actor=office) is True
    mailings.hand_over()
    assert Letter.objects.count() == 2


def test_cancelled_mailing_sends_nothing_more(mailing, office):
    mailings.send(mailing, actor=office, confirmed=1, query="head0")
    assert mailings.cancel(mailing, actor=office) == 3
    assert mailings.hand_over() == 0
    assert not Letter.objects.exists()


def test_who_left_the_office_letters_is_left_out_unless_it_is_necessary(circle, mailing, office):
    person = make_account("left@example.org")
    circle.append(Recipient(person.email, "Имя", person.pk, {"organisation": "Сад"}))
    notify.choose(person, GROUP, LetterWay.NEVER)
    assert mailings.prepare(mailing, actor=office) == 3
    Mailing.objects.filter(pk=mailing.pk).update(is_necessary=True)
    assert mailings.prepare(mailing, actor=office) == 4


def test_who_left_or_was_closed_after_the_drafts_were_made_gets_nothing(circle, mailing, office):
    people = [make_account("left@example.org"), make_account("closed@example.org")]
    circle.extend(Recipient(one.email, "Имя", one.pk, {"organisation": "Сад"}) for one in people)
    mailings.prepare(mailing, actor=office)
    mailings.send(mailing, actor=office, confirmed=5)
    notify.choose(people[0], GROUP, LetterWay.NEVER)
    type(office).objects.filter(pk=people[1].pk).update(is_active=False)
    assert mailings.hand_over() == 3
    assert not Letter.objects.filter(to__in=[one.email for one in people]).exists()


def test_letter_to_an_account_carries_the_way_out(circle, mailing, office):
    person = make_account("head@example.org")
    circle[:] = [Recipient(person.email, "Имя", person.pk, {"organisation": "Сад"})]
    mailings.prepare(mailing, actor=office)
    mailings.send(mailing, actor=office, confirmed=1)
    mailings.hand_over()
    token = Letter.objects.get().unsubscribe_url.rstrip("/").rpartition("/")[2]
    assert notify.read_unsubscribe(token) == (person.pk, GROUP)


def test_failures_are_seen_and_repeated(mailing, office):
    mailings.send(mailing, actor=office, confirmed=3)
    mailings.hand_over()
    failed = mailing.rows.select_related("letter").first()
    Letter.objects.filter(pk=failed.letter_id).update(status=LetterStatus.FAILED, last_error="нет такого адреса")
    assert mailings.repeat_failed(mailing, actor=office) == 1
    assert Letter.objects.get(pk=failed.letter_id).status == LetterStatus.QUEUED


def test_journal_names_who_did_what(mailing, office):
    mailings.send(mailing, actor=office, confirmed=3)
    entries = ModelLogEntry.objects.for_instance(mailing).values_list("action", "user", "data")
    assert sorted((action, user, data["letters"]) for action, user, data in entries) == [
        ("mailing.prepare", office.pk, 3),
        ("mailing.send", office.pk, 3),
    ]


def test_stranger_and_editor_may_do_nothing(mailing):
    for person in (make_account("x@example.org"), make_account("e@example.org", groups=["Редакторы"])):
        for act in (
            lambda who: mailings.prepare(mailing, actor=who),
            lambda who: mailings.send(mailing, actor=who, confirmed=3),
            lambda who: mailings.cancel(mailing, actor=who),
            lambda who: mailings.repeat_failed(mailing, actor=who),
            lambda who: mailings.turn(mailing.rows.first(), actor=who),
            lambda who: mailings.correct(mailing.rows.first(), subject="x", body="x", actor=who),
        ):
            with pytest.raises(PermissionDenied):
                act(person)
    assert set(states(mailing)) == {RowStatus.DRAFT}


def test_unknown_placeholder_and_circle_are_refused_in_words(circle):
    with pytest.raises(ValidationError) as refused:
        Mailing(**{**WORDS, "body": "{typo}", "audience": "nobody"}).clean()
    assert "{typo}" in refused.value.message_dict["body"][0]
    assert "audience" in refused.value.message_dict


def test_erasing_a_person_takes_the_drafts(mailing):
    privacy.erase_person(email="head1@example.org")
    assert mailing.rows.count() == 2


def test_screens_lead_from_the_text_to_the_sent_letters(circle, office, come):
    desk = come(office)
    assert "Проверочный круг" in desk.get("/admin/mailings/new/").content.decode()
    made = desk.post("/admin/mailings/new/", WORDS)
    mailing = Mailing.objects.get()
    assert made.url == f"/admin/mailings/{mailing.pk}/"
    page = desk.get(made.url).content.decode()
    assert "Отправить все: 3" in page
    assert "Сад № 1" in page  # the sample
    asked = desk.get(f"{made.url}send/").content.decode()
    assert "Отправить 3 письма" in asked
    assert "вы подтвердили 2" in desk.post(f"{made.url}send/", {"number": "2"}).content.decode()
    assert desk.post(f"{made.url}send/", {"number": "3"}).url == made.url
    mailings.hand_over()
    assert "head1@example.org" in desk.get(f"{made.url}?state=queued").content.decode()
    assert "Письма отправлены (3)" in desk.get(made.url).content.decode()
    assert "Приём" in desk.get("/admin/mailings/").content.decode()


def test_screens_are_closed_to_editors_and_strangers(mailing, come, client):
    row = mailing.rows.first()
    paths = [
        "/admin/mailings/", "/admin/mailings/new/", f"/admin/mailings/{mailing.pk}/",
        *(f"/admin/mailings/{mailing.pk}/{verb}/" for verb in ("edit", "send", "prepare", "cancel", "repeat")),
        f"/admin/mailings/letters/{row.pk}/",
    ]  # fmt: skip
    editor = come(make_account("editor@example.org", groups=["Редакторы"]))
    for path in paths:
        assert editor.get(path).status_code == 302, path
        assert editor.post(path, {"number": "3", "turn": "1"}).status_code == 302, path
        assert client.get(path).status_code in {302, 404}, path
    assert set(states(mailing)) == {RowStatus.DRAFT}


def test_one_letter_is_read_corrected_and_excluded_on_its_screen(mailing, office, come):
    desk, row = come(office), mailing.rows.first()
    path = f"/admin/mailings/letters/{row.pk}/"
    assert "Имя 0, Сад 0" in desk.get(path).content.decode()
    desk.post(path, {"subject": "Лично", "body": "Текст"})
    row.refresh_from_db()
    assert (row.subject, row.is_corrected) == ("Лично", True)
    desk.post(path, {"turn": "1"})
    row.refresh_from_db()
    assert row.status == RowStatus.LEFT_OUT
    assert "Вернуть в рассылку" in desk.get(path).content.decode()


@pytest.mark.parametrize("number", [1, 60])
def test_price_of_the_screen_does_not_grow_with_the_letters(
    circle, office, come, number, django_assert_max_num_queries
):
    circle[:] = [Recipient(f"n{one}@example.org", "", None, {"organisation": "Сад"}) for one in range(number)]
    made = Mailing.objects.create(**WORDS)
    mailings.prepare(made, actor=office)
    desk = come(office)
    desk.get(f"/admin/mailings/{made.pk}/")
    with django_assert_max_num_queries(22):
        desk.get(f"/admin/mailings/{made.pk}/")


@pytest.mark.django_db(transaction=True)
def test_two_moderators_pressing_at_once_send_each_letter_once(circle):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once: PostgreSQL")
    people = [make_account(f"office{number}@example.org", groups=["Модераторы"]) for number in range(4)]
    made = Mailing.objects.create(**WORDS)
    mailings.prepare(made, actor=people[0])
    told = []

    def press(person):
        try:
            told.append(mailings.send(made, actor=person, confirmed=3))
        except MailingError as error:
            told.append(str(error))
        finally:
            connection.close()

    def work():
        try:
            mailings.hand_over()
        finally:
            connection.close()

    for job in ([(press, (one,)) for one in people], [(work, ())] * 4):
        threads = [threading.Thread(target=target, args=args) for target, args in job]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(one for one in told if isinstance(one, int)) == [3]
    assert sum("Неотправленных писем нет" in str(one) for one in told) == 3
    assert sorted(Letter.objects.filter(kind="mailing").values_list("to", flat=True)) == [
        f"head{number}@example.org" for number in range(3)
    ]
    assert MailingRow.objects.filter(status=RowStatus.HANDED).count() == 3


def test_worker_killed_in_the_middle_of_handing_over_hands_over_the_rest_once(mailing, office, monkeypatch):
    mailings.send(mailing, actor=office, confirmed=3)
    queue, calls = letters.queue_letter, []

    def dying(*args, **kwargs):
        calls.append(queue(*args, **kwargs))
        if len(calls) == 2:
            raise KeyboardInterrupt  # after the letter was written, before its row was marked
        return calls[-1]

    monkeypatch.setattr(letters, "queue_letter", dying)
    with pytest.raises(KeyboardInterrupt):
        mailings.hand_over()
    assert states(mailing).count(RowStatus.HANDED) == Letter.objects.count() == 1
    monkeypatch.undo()
    assert mailings.hand_over() == 2
    assert Letter.objects.count() == 3
