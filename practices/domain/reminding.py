"""What the portal says and does by itself as terms come and go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from portal.core.models import Notice
from portal.core.reminders import Reminder
from portal.intake.models import IntakeWindow
from practices.domain.audiences import Audience, People
from practices.domain.errors import TransitionError
from practices.domain.tasks import address_of
from practices.domain.telling import facts_of, subject_of, tell_people
from practices.domain.transitions import perform
from practices.enums import PROCEDURE, SubmissionStatus
from practices.models import PracticeSubmission

S = SubmissionStatus
MONTH = dt.timedelta(days=30)
QUIET = dt.timedelta(days=21)  # an unfinished draft is mentioned after so long a silence
YEAR = dt.timedelta(days=365)  # without a move: into the archive
WARNED = "practice_draft_goes"
# Whose turn it is in each status with a term, and how they are reminded.
_TURNS: dict[str, tuple[str, tuple[Audience, ...], str]] = {
    S.HEAD_CONFIRMATION: ("practice_due_head", (Audience.HEAD,), "Ждёт вашего подтверждения"),
    S.REVISION: ("practice_due_revision", (Audience.AUTHOR, Audience.HEAD), "Ответьте на замечания"),
    S.AUTHOR_APPROVAL: ("practice_due_text", (Audience.AUTHOR, Audience.HEAD), "Посмотрите правку редактора"),
    S.FORMAL_CHECK: ("practice_due_check", (Audience.OFFICE,), "Проверьте заявку"),
    S.ACCEPTED: ("practice_due_page", (Audience.EDITORS,), "Подготовьте страницу"),
}


def due_soon(until: dt.datetime) -> Iterator[Reminder]:
    """Yield who has something to do by `until`: heads, authors, the office, editors, and owners of drafts whose intake
    closes. Letters name a draft by its title alone: the office does not read it."""
    now = timezone.now()
    waiting = (
        PracticeSubmission.objects.filter(status__in=list(_TURNS), due_at__gt=now, due_at__lte=until)
        .filter(agreed_revision=None)
        .select_related("organisation", "moderator")
    )
    people = People(list(waiting))
    for submission in people.submissions:
        kind, audiences, title = _TURNS[submission.status]
        yield from _reminders(people, submission, audiences, kind, title, submission.due_at)
    yield from _closing_windows(now, until)


def _closing_windows(now: dt.datetime, until: dt.datetime) -> Iterator[Reminder]:
    window = IntakeWindow.objects.filter(
        procedure=PROCEDURE, opens_at__lte=now, closes_at__gt=now, closes_at__lte=until
    ).first()
    if window is None:
        return
    drafts = PracticeSubmission.objects.filter(status=S.DRAFT, updates=None).select_related("organisation")
    people = People(list(drafts))
    for submission in people.submissions:
        title = "Приём закрывается, черновик не отправлен"
        yield from _reminders(people, submission, (Audience.AUTHOR,), "practice_due_draft", title, window.closes_at)


def _reminders(
    people: Any, submission: Any, audiences: Iterable[Audience], kind: str, title: str, due: dt.datetime
) -> Iterator[Reminder]:
    facts = facts_of(submission)
    context = {name: facts[name] for name in ("practice", "number", "organisation")}
    for user in people.of(submission, audiences):
        yield Reminder(
            user=user,
            key=f"{submission.pk}:{submission.status}",
            due=due,
            title=f"{title}: {subject_of(submission)}",
            href=address_of(submission),
            kind=kind,
            context=context,
        )


def mention_quiet_drafts() -> int:
    """Remind owners of drafts that nobody has touched for three weeks, once; return how many drafts."""
    now = timezone.now()
    quiet = PracticeSubmission.objects.filter(
        status=S.DRAFT, changed_at__lte=now - QUIET, changed_at__gt=now - QUIET - MONTH
    )
    return _tell_of_drafts(quiet, "practice_draft_waits")


def warn_of_archive() -> int:
    """Tell owners a month before their draft goes into the archive, once; return how many drafts."""
    old = PracticeSubmission.objects.filter(status=S.DRAFT, changed_at__lte=timezone.now() - YEAR + MONTH)
    return _tell_of_drafts(old, WARNED)


def _tell_of_drafts(drafts: Any, kind: str) -> int:
    people = People(list(drafts.select_related("organisation", "moderator")))
    for submission in people.submissions:
        told = people.of(submission, [Audience.AUTHOR])
        tell_people(submission, told, kind, dedupe_key=_key(kind, submission))
    return len(people.submissions)


def _key(kind: str, submission: Any) -> str:
    """The moment of the last change is in it: a draft taken up and left again is another silence."""
    return f"{kind}:{submission.pk}:{submission.changed_at:%Y%m%d%H%M%S}"


def archive_forgotten_drafts() -> int:
    """Put drafts without a move for twelve months into the archive, a month after their owners were told; return how
    many. A draft that has no owner left is told of to nobody and goes."""
    now = timezone.now()
    old = list(
        PracticeSubmission.objects.filter(status=S.DRAFT, changed_at__lte=now - YEAR)
        .select_related("organisation", "moderator")
        .order_by("pk")
    )
    keys = {_key(WARNED, one): one for one in old}
    warned = set(
        Notice.objects.filter(kind=WARNED, dedupe_key__in=keys, created_at__lte=now - MONTH).values_list(
            "dedupe_key", flat=True
        )
    )
    people, moved = People(old), 0
    for key, submission in keys.items():
        if key not in warned and people.of(submission, [Audience.AUTHOR]):
            continue
        try:
            perform(submission, "archive", actor=None)
        except TransitionError:
            continue  # it has been sent a moment ago
        moved += 1
    return moved


def tell_of_overdue() -> int:
    """Tell the office once that a term is over: a check not done, a revision not answered; return how many."""
    now = timezone.now()
    late = PracticeSubmission.objects.filter(
        status__in=[S.FORMAL_CHECK, S.REVISION, S.HEAD_CONFIRMATION], due_at__lte=now, sent_at__isnull=False
    ).select_related("organisation", "moderator")
    people = People(list(late))
    for submission in people.submissions:
        key = f"practice_overdue:{submission.pk}:{submission.due_at:%Y%m%d%H%M}"
        tell_people(submission, people.of(submission, [Audience.OFFICE]), "practice_overdue", dedupe_key=key)
    return len(people.submissions)
