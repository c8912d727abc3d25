"""Where a contest stands at a moment: the one derivation of state, «осталось дней» and «сейчас» for every place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone

from contests.enums import ContestState
from portal.core import moments
from portal.core.listing import plural

CHECK, CLOCK, CROSS = "check", "clock", "x"  # drawings of the sprite where no number stands


class Stage(Protocol):
    """What is asked of a stage: a row of the database or a light copy of it."""

    @property
    def title(self) -> str: ...
    @property
    def starts_at(self) -> dt.datetime: ...
    @property
    def ends_at(self) -> dt.datetime: ...
    @property
    def is_intake(self) -> bool: ...


@dataclass(frozen=True)
class Standing:
    """A contest at a moment.

    `days` are whole days until `until` (0: today), None when nothing is counted; `phrase` says what they lead to («до
    конца приёма») or, where no number stands, all there is to say («завершён»); `mark` is the drawing that stands where
    no number does; `line` says it in a sentence; `now` are the indexes of the stages that are on.
    """

    state: ContestState
    phrase: str
    line: str
    days: int | None = None
    until: dt.datetime | None = None
    mark: str = ""
    now: tuple[int, ...] = ()

    @property
    def number(self) -> str:
        """The big number, blank where a mark stands."""
        return "" if self.mark or self.days is None else str(self.days)

    @property
    def words(self) -> str:
        """What goes on after the number: «дней до конца приёма»; «завершён» where there is none."""
        return f"{plural(self.days or 0, 'день', 'дня', 'дней')} {self.phrase}" if self.number else self.phrase


def is_on(stage: Stage, now: dt.datetime) -> bool:
    """Tell whether a stage is on: both the second it begins with and the second it ends with belong to it."""
    return stage.starts_at <= now < moments.after(stage.ends_at)


def is_over(stage: Stage, now: dt.datetime) -> bool:
    """Tell whether a stage is over."""
    return now >= moments.after(stage.ends_at)


def standing(
    stages: Sequence[Stage],
    now: dt.datetime,
    *,
    year: int,
    cancel_reason: str | None = None,
    results_on: dt.date | None = None,
) -> Standing:
    """Return where a contest of `stages` stands at `now` (aware).

    `cancel_reason` is None for a contest that is not cancelled; `results_on` is the day of results that everybody may
    see now, None while nobody may.
    """
    on = tuple(number for number, stage in enumerate(stages) if is_on(stage, now))
    if cancel_reason is not None:
        return Standing(ContestState.CANCELLED, "отменён", cancel_reason, mark=CROSS)
    if not stages:
        return _without_stages(year, timezone.localdate(now), results_on)
    if all(is_over(stage, now) for stage in stages):
        return _finished(max(stage.ends_at for stage in stages), results_on)
    intake = [stage for stage in stages if stage.is_intake and is_on(stage, now)]
    if intake:
        return _open(max(intake, key=lambda stage: stage.ends_at), now, on)
    if all(now < stage.starts_at for stage in stages):
        return _announced(stages, now)
    return _running(stages, now, on)


def boundaries(stages: Sequence[Stage]) -> list[dt.datetime]:
    """Return the instants at which the standing of a contest changes by itself."""
    return [moment for stage in stages for moment in (stage.starts_at, moments.after(stage.ends_at))]


def _without_stages(year: int, today: dt.date, results_on: dt.date | None) -> Standing:
    if results_on is not None or year < today.year:
        return _finished(None, results_on)
    return Standing(ContestState.ANNOUNCED, "сроки уточняются", "Сроки этапов ещё не объявлены.", mark=CLOCK)


def _finished(ended_at: dt.datetime | None, results_on: dt.date | None) -> Standing:
    if results_on is not None:
        words, line = "итоги подведены", f"Итоги подведены {moments.day(results_on)}."
    elif ended_at is not None:
        words, line = "завершён", f"Этапы завершены {moments.day(timezone.localdate(ended_at))}."
    else:
        words, line = "завершён", "Конкурс завершён."
    return Standing(ContestState.FINISHED, words, line, mark=CHECK)


def _open(stage: Stage, now: dt.datetime, on: tuple[int, ...]) -> Standing:
    days = moments.days_until(stage.ends_at, now)
    line = f"Приём до {moments.deadline(stage.ends_at)}."
    if days == 0:
        words = f"сегодня последний день, до {moments.hour(stage.ends_at)}"
        return Standing(ContestState.OPEN, words, line, days, stage.ends_at, CLOCK, on)
    return Standing(ContestState.OPEN, "до конца приёма", line, days, stage.ends_at, "", on)


def _announced(stages: Sequence[Stage], now: dt.datetime) -> Standing:
    first = min(stages, key=lambda stage: (stage.starts_at, not stage.is_intake))
    days = moments.days_until(first.starts_at, now)
    noun = "Приём" if first.is_intake else first.title
    line = f"{noun}: {moments.span(timezone.localdate(first.starts_at), timezone.localdate(first.ends_at))}."
    if days == 0:
        words = f"начало сегодня, в {moments.hour(first.starts_at)}"
        return Standing(ContestState.ANNOUNCED, words, line, days, first.starts_at, CLOCK)
    goal = "до начала приёма" if first.is_intake else "до начала"
    return Standing(ContestState.ANNOUNCED, goal, line, days, first.starts_at)


def _running(stages: Sequence[Stage], now: dt.datetime, on: tuple[int, ...]) -> Standing:
    coming = [stage for stage in stages if now < stage.starts_at]
    intake = next((stage for stage in sorted(coming, key=_start) if stage.is_intake), None)
    if on:
        current = min((stages[number] for number in on), key=lambda stage: stage.ends_at)
        line = f"Сейчас: {current.title}, до {moments.day(timezone.localdate(current.ends_at))}."
    else:
        following = min(coming, key=_start)
        line = f"Дальше: {following.title}, с {moments.day(timezone.localdate(following.starts_at))}."
    goal, what = (intake.starts_at, "начала приёма") if intake else (_last_end(stages), "итогов")
    if intake:
        line = f"{line} Приём с {moments.day(timezone.localdate(intake.starts_at))}."
    days = moments.days_until(goal, now)
    if days == 0:
        words = f"приём откроется сегодня, в {moments.hour(goal)}" if intake else "итоги сегодня"
        return Standing(ContestState.RUNNING, words, line, days, goal, CLOCK, on)
    return Standing(ContestState.RUNNING, f"до {what}", line, days, goal, "", on)


def _start(stage: Stage) -> dt.datetime:
    return stage.starts_at


def _last_end(stages: Sequence[Stage]) -> dt.datetime:
    return max(stage.ends_at for stage in stages)
