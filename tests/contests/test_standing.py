"""Where a contest stands: to the second, in the portal's zone, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest

from contests.domain.standing import boundaries, standing
from contests.enums import ContestState

pytestmark = pytest.mark.unit

VOLGOGRAD = ZoneInfo("Europe/Volgograd")


@dataclass
class Stage:
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_intake: bool = False


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=VOLGOGRAD)


STAGES = [
    Stage("Приём заявок", at("2027-03-01"), at("2027-03-15T23:59:59"), True),
    Stage("Заочный тур", at("2027-03-18"), at("2027-03-31T23:59:59")),
    Stage("Итоги", at("2027-04-01T10:00"), at("2027-04-01T18:00")),
]


def stands(moment, stages=STAGES, **values):
    return standing(stages, at(moment), year=2027, **values)


@pytest.mark.parametrize(
    ("moment", "state", "sentence"),
    [
        ("2027-02-27T12:00", ContestState.ANNOUNCED, "2 дня до начала приёма"),
        ("2027-02-28T23:59:59.999999", ContestState.ANNOUNCED, "1 день до начала приёма"),
        ("2027-03-01T00:00", ContestState.OPEN, "14 дней до конца приёма"),
        ("2027-03-10T12:00", ContestState.OPEN, "5 дней до конца приёма"),
        ("2027-03-13T23:59:59", ContestState.OPEN, "2 дня до конца приёма"),
        ("2027-03-14T00:00", ContestState.OPEN, "1 день до конца приёма"),
        ("2027-03-15T00:00", ContestState.OPEN, "сегодня последний день, до 23:59"),
        ("2027-03-15T23:59:59.500000", ContestState.OPEN, "сегодня последний день, до 23:59"),
        ("2027-03-16T00:00:00.500000", ContestState.RUNNING, "16 дней до итогов"),
        ("2027-03-20T12:00", ContestState.RUNNING, "12 дней до итогов"),
        ("2027-04-01T09:00", ContestState.RUNNING, "итоги сегодня"),
        ("2027-04-01T18:00:00.500000", ContestState.RUNNING, "итоги сегодня"),
        ("2027-04-01T18:00:01", ContestState.FINISHED, "завершён"),
    ],
)
def test_state_turns_at_the_second_that_is_said(moment, state, sentence):
    found = stands(moment)
    assert (found.state, f"{found.number} {found.words}".strip()) == (state, sentence)


def test_a_deadline_is_the_portals_midnight_wherever_the_server_thinks_it_is():
    last = dt.datetime(2027, 3, 15, 20, 59, 59, 500000, tzinfo=dt.UTC)  # Volgograd is three hours ahead
    assert standing(STAGES, last, year=2027).state == ContestState.OPEN
    assert standing(STAGES, last + dt.timedelta(seconds=1), year=2027).state == ContestState.RUNNING


def test_a_year_of_another_offset_ends_at_its_own_midnight():
    stage = Stage("Приём заявок", at("2019-03-01"), at("2019-03-15T23:59:59"), True)  # UTC+4 then
    assert stage.ends_at.utcoffset() == dt.timedelta(hours=4)
    assert standing([stage], dt.datetime(2019, 3, 15, 19, 59, 59, tzinfo=dt.UTC), year=2019).state == ContestState.OPEN
    assert standing([stage], dt.datetime(2019, 3, 15, 20, 0, tzinfo=dt.UTC), year=2019).state == ContestState.FINISHED


def test_deadline_is_said_in_full(settings):
    assert stands("2027-03-10T12:00").line == "Приём до 15 марта 2027, 23:59 по волгоградскому времени (МСК)."
    settings.TIME_ZONE_WORDS = "по самарскому времени (МСК+1)"
    assert stands("2027-03-10T12:00").line.endswith("по самарскому времени (МСК+1).")


def test_a_stage_that_is_on_is_marked_and_told():
    found = stands("2027-03-20T12:00")
    assert found.now == (1,)
    assert found.line == "Сейчас: Заочный тур, до 31 марта 2027."
    between = stands("2027-03-16T12:00")
    assert between.now == ()
    assert between.line == "Дальше: Заочный тур, с 18 марта 2027."


def test_stages_may_overlap_and_the_intake_leads():
    both = [*STAGES, Stage("Консультации", at("2027-03-05"), at("2027-03-20T23:59:59"))]
    found = stands("2027-03-10T12:00", both)
    assert found.now == (0, 3)
    assert found.state == ContestState.OPEN


def test_before_the_intake_a_running_stage_tells_when_entries_are_taken():
    municipal = Stage("Муниципальный этап", at("2027-02-01"), at("2027-02-28T23:59:59"))
    found = stands("2027-02-24T12:00", [municipal, *STAGES])
    assert found.state == ContestState.RUNNING
    assert f"{found.number} {found.words}" == "5 дней до начала приёма"
    assert found.line == "Сейчас: Муниципальный этап, до 28 февраля 2027. Приём с 1 марта 2027."


def test_results_are_told_only_when_they_are_shown():
    assert stands("2027-05-01T12:00").phrase == "завершён"
    found = stands("2027-05-01T12:00", results_on=dt.date(2027, 4, 22))
    assert (found.phrase, found.line) == ("итоги подведены", "Итоги подведены 22 апреля 2027.")


def test_a_cancelled_contest_gives_its_reason_whatever_the_day():
    for moment in ("2027-01-01", "2027-03-10", "2028-01-01"):
        found = stands(moment, cancel_reason="Приказ № 7")
        assert (found.state, found.line, found.number) == (ContestState.CANCELLED, "Приказ № 7", "")


def test_without_stages_nothing_is_counted():
    assert standing([], at("2027-01-10"), year=2027).phrase == "сроки уточняются"
    assert standing([], at("2028-01-10"), year=2027).state == ContestState.FINISHED


def test_every_change_of_state_is_a_boundary():
    moments = sorted(boundaries(STAGES))
    assert at("2027-03-16T00:00") in moments
    for moment in moments:
        before = standing(STAGES, moment - dt.timedelta(microseconds=1), year=2027)
        after = standing(STAGES, moment, year=2027)
        assert (before.state, before.now) != (after.state, after.now)
