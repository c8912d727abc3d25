"""When a procedure receives applications: one answer for the form, the sending and the words beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from portal.core import moments
from portal.core.models import PortalSettings
from portal.intake.models import IntakeExtension, IntakeWindow

# Not advertised: what was pressed in the last second may arrive later.
GRACE = timedelta(minutes=2)


@dataclass(frozen=True)
class WindowState:
    """Whether a procedure receives from an organisation at a moment, and in which words to say so.

    `is_open` is what people are told; `accepts` is what the server still takes, two minutes longer.
    """

    is_open: bool
    accepts: bool
    until: datetime | None = None  # the last second of the intake; None: all the year round, or nothing is planned
    opens_at: datetime | None = None
    closed_words: str = ""
    extended: bool = False  # open for this organisation alone

    @property
    def words(self) -> str:
        """Until when it is open, in words; why not, when it is closed."""
        if not self.is_open:
            return self.closed_words
        return f"Приём до {moments.deadline(self.until)}" if self.until else "Приём круглый год"


def at_words(moment: datetime) -> str:
    """Return «15 марта 2027 в 23:59 по волгоградскому времени (МСК)»."""
    day = moments.day(timezone.localdate(moment))
    return f"{day} в {moments.hour(moment)} {settings.TIME_ZONE_WORDS}"


def state_of(procedure: str, organisation_id: int | None, *, now: datetime | None = None) -> WindowState:
    """Return whether `procedure` receives applications of the organisation at `now` (default: this moment).

    The second that the closing names still belongs to the intake. A procedure without windows receives all the year
    round. One query while it is open.
    """
    now = now or timezone.now()
    own = Q(extensions__organisation_id=organisation_id) if organisation_id else Q(pk=None)
    windows = list(
        IntakeWindow.objects.filter(procedure=procedure)
        .annotate(extended_until=Max("extensions__until", filter=own))
        .order_by("opens_at", "pk")
    )
    if not windows:
        return WindowState(is_open=True, accepts=True)
    held = [window for window in windows if window.opens_at <= now]
    ends = [_end(window) for window in held]
    if ends and now < moments.after(max(ends)):
        end = max(ends)
        return WindowState(True, True, until=end, extended=all(now >= moments.after(one.closes_at) for one in held))
    coming = min((window.opens_at for window in windows if window.opens_at > now), default=None)
    return WindowState(
        is_open=False,
        accepts=any(now < moments.after(end) + GRACE for end in ends),
        until=max(ends, default=None),
        opens_at=coming,
        closed_words=_closed_words(max(ends, default=None), coming),
    )


def _end(window: Any) -> datetime:
    later: datetime | None = window.extended_until
    end: datetime = window.closes_at
    return max(end, later) if later else end


def _closed_words(past: datetime | None, coming: datetime | None) -> str:
    said = [f"Приём закрыт {at_words(past)}."] if past else []
    if coming:
        said.append(f"Приём начнётся {at_words(coming)}.")
    said.append(whom_to_ask("Черновик остаётся у вас и открыт для чтения. Если нужно отправить его сейчас"))
    return " ".join(said)


def whom_to_ask(reason: str) -> str:
    """Return a sentence that sends to the office of the portal."""
    address = PortalSettings.load().operator_email
    return (
        f"{reason}, обратитесь в редакцию портала: {address}."
        if address
        else f"{reason}, обратитесь в редакцию портала."
    )


def term_is_over(due_at: datetime | None, *, now: datetime | None = None, grace: timedelta = GRACE) -> bool:
    """Tell whether a thing with its own term cannot be changed any more; without a term it always can."""
    return due_at is not None and (now or timezone.now()) >= moments.after(due_at) + grace


def term_words(due_at: datetime | None, *, now: datetime | None = None) -> str:
    """Return why a thing with its own term cannot be changed any more; an empty string before its end."""
    if due_at is None or not term_is_over(due_at, now=now):
        return ""
    return f"Срок исправлений вышел {at_words(due_at)}. {whom_to_ask('Если нужно время')}"


def why_not_longer(window: IntakeWindow, organisation: Any, *, until: datetime, reason: str) -> str:
    """Return why the window cannot be opened until `until` for the organisation, as a sentence; blank when it can."""
    if not reason.strip():
        return "Напишите, почему срок продлён: это останется в журнале."
    given = window.extensions.filter(organisation=organisation).aggregate(last=Max("until"))["last"]
    end = max(window.closes_at, given) if given else window.closes_at
    return "" if until > end else f"Новый срок должен быть позже прежнего: {moments.deadline(end)}."


def extend(window: IntakeWindow, organisation: Any, *, until: datetime, reason: str, actor: Any) -> IntakeExtension:
    """Open the window longer for one organisation and write down why. Rights are the caller's: each procedure has its
    own office.

    Raises ValueError in words when the reason is blank or the new end is not later than the end in force.
    """
    with transaction.atomic():
        held = IntakeWindow.objects.select_for_update().get(pk=window.pk)
        if words := why_not_longer(held, organisation, until=until, reason=reason):
            raise ValueError(words)
        return IntakeExtension.objects.create(
            window=held, organisation=organisation, until=until, reason=reason.strip(), given_by=actor
        )


def overlapping(window: IntakeWindow) -> str:
    """Return which other window of the same procedure the window meets in time, as a sentence; blank when none."""
    others = IntakeWindow.objects.filter(
        procedure=window.procedure, opens_at__lte=window.closes_at, closes_at__gte=window.opens_at
    ).exclude(pk=window.pk)
    met = others.order_by("opens_at").first()
    if met is None:
        return ""
    return (
        f"В эти дни уже идёт приём «{met.title}»: с {moments.deadline(met.opens_at)} "
        f"до {moments.deadline(met.closes_at)}. Сдвиньте начало или конец."
    )
