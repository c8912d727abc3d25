"""Digests: one letter in the morning for who chose so, grouped, newest first, each notice once."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from portal.core import notify
from portal.core.models import Letter, LetterChoice, Notice
from portal.core.models.notices import LetterWay
from portal.mailing.domain import bell, digest
from tests.mailing.conftest import COURSE, TERMS

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
ZONE = ZoneInfo("Europe/Volgograd")
MONDAY = dt.datetime(2026, 11, 23, 8, 5, tzinfo=ZONE)
THURSDAY = dt.datetime(2026, 11, 26, 8, 5, tzinfo=ZONE)


def at(moment):
    return time_machine.travel(moment, tick=False)


def tell(user, title, kind="test_step"):
    return notify.tell(user, kind, {"what": "x"}, href="/practices/", title=title)


def test_daily_digest_groups_and_puts_the_newest_first(person):
    notify.choose(person, COURSE, LetterWay.DAILY)
    notify.choose(person, TERMS, LetterWay.DAILY)
    for hour, (title, kind) in enumerate([("Первое", "test_step"), ("Срок", "test_due"), ("Второе", "test_step")]):
        with at(THURSDAY - dt.timedelta(hours=15 - hour)):
            tell(person, title, kind)
    assert not Letter.objects.exists()
    with at(THURSDAY):
        assert digest.send_digests() == 1
    letter = Letter.objects.get()
    assert "3 уведомления за день" in letter.subject
    order = [letter.body.index(words) for words in (TERMS, "Срок", COURSE, "Второе", "Первое")]
    assert order == sorted(order)
    assert "http://testserver/practices/" in letter.body
    assert "/letters/unsubscribe/" in letter.body


def test_each_notice_is_in_one_digest_and_a_day_has_one(person):
    notify.choose(person, COURSE, LetterWay.DAILY)
    with at(THURSDAY - dt.timedelta(hours=3)):
        tell(person, "Вчерашнее")
    with at(THURSDAY):
        digest.send_digests()
        tell(person, "Сегодняшнее")
        assert digest.send_digests() == 0
    assert Letter.objects.count() == 1
    with at(THURSDAY + dt.timedelta(days=1)):
        assert digest.send_digests() == 1
        assert digest.send_digests() == 0
    last = Letter.objects.first()
    assert "Сегодняшнее" in last.body
    assert "Вчерашнее" not in last.body


@pytest.mark.parametrize("hour", [0, 3, 7, 20, 23])
def test_nothing_leaves_at_night(person, hour):
    notify.choose(person, COURSE, LetterWay.DAILY)
    with at(THURSDAY.replace(hour=hour)):
        tell(person, "Ночное")
        assert digest.send_digests() == 0


def test_weekly_digest_waits_for_monday(person):
    notify.choose(person, COURSE, LetterWay.WEEKLY)
    with at(MONDAY - dt.timedelta(days=4)):
        tell(person, "В четверг")
        assert digest.send_digests() == 0
    with at(MONDAY):
        assert digest.send_digests() == 1
    assert "за неделю" in Letter.objects.get().subject


def test_weekly_digest_of_a_missed_monday_leaves_later(person):
    notify.choose(person, COURSE, LetterWay.WEEKLY)
    with at(MONDAY - dt.timedelta(days=5)):
        tell(person, "Давнее")
    with at(THURSDAY):
        assert digest.send_digests() == 1


def test_what_was_read_in_the_bell_is_not_written_again(person):
    notify.choose(person, COURSE, LetterWay.DAILY)
    with at(THURSDAY - dt.timedelta(hours=3)):
        bell.read_one(tell(person, "Прочитанное"))
    with at(THURSDAY):
        assert digest.send_digests() == 0
    assert not Letter.objects.exists()
    assert not Notice.objects.filter(for_digest=True).exists()


def test_closed_account_gets_no_digest(person):
    notify.choose(person, COURSE, LetterWay.DAILY)
    tell(person, "Поздно")
    type(person).objects.update(is_active=False)
    with at(THURSDAY):
        assert digest.send_digests() == 0


def test_way_out_of_a_digest_ends_digests_and_leaves_the_rest(client, person):
    notify.choose(person, COURSE, LetterWay.DAILY)
    link = notify.unsubscribe_url(person, notify.DIGEST).removeprefix("http://testserver")
    assert "Сводки уведомлений" in client.get(link).content.decode()
    client.post(link, {"List-Unsubscribe": "One-Click"})
    assert dict(LetterChoice.objects.values_list("group", "way")) == {COURSE: LetterWay.NEVER}


def test_price_of_a_round_is_the_same_whatever_a_person_was_told(person, django_assert_max_num_queries):
    notify.choose(person, COURSE, LetterWay.DAILY)
    Notice.objects.bulk_create(
        Notice(user=person, kind="test_step", title=f"№ {number}", href="/", for_digest=True) for number in range(300)
    )
    with at(THURSDAY), django_assert_max_num_queries(16):
        assert digest.send_digests() == 1
    assert "И ещё 240 в кабинете." in Letter.objects.get().body
