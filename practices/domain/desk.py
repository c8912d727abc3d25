"""The moderators' table of submissions: what stands in it, who is late, and the numbers of the first screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.rules import MODERATORS
from portal.core import moments
from portal.core.listing import plural
from portal.organisations.models import Membership
from portal.organisations.rules import standing
from practices.domain.status import day_words
from practices.enums import IN_WORK, SubmissionStatus
from practices.models import PracticeSubmission

S = SubmissionStatus
# Whose turn it is in a status, and therefore who is late when its term is over.
TURN: dict[str, str] = {
    S.FORMAL_CHECK: "редакция",
    S.EXPERTISE: "эксперты",
    S.REVISION: "автор",
    S.COUNCIL: "совет",
    S.ACCEPTED: "редактор банка",
    S.AUTHOR_APPROVAL: "автор",
}
TO_MAKE_PAGES = (S.ACCEPTED, S.AUTHOR_APPROVAL)


def received() -> QuerySet[PracticeSubmission]:
    """Return what has ever reached the office, with what a row names. Drafts of organisations are nobody's here, an
    administrator's neither."""
    found: QuerySet[PracticeSubmission] = PracticeSubmission.objects.sent().select_related(
        "organisation__municipality", "moderator", "page"
    )
    return found


def overdue(submissions: QuerySet[PracticeSubmission]) -> QuerySet[PracticeSubmission]:
    """Keep those in work whose term is over."""
    return submissions.filter(status__in=IN_WORK, due_at__lt=timezone.now())


def not_of(user: Any, submissions: QuerySet[PracticeSubmission]) -> QuerySet[PracticeSubmission]:
    """Leave out the submissions of the person's own organisations: nobody decides on those."""
    return submissions.exclude(organisation__in=standing(user).organisations)


def waiting_for_check(user: Any) -> int:
    """Return how many submissions wait for the formal check that the person may do."""
    return not_of(user, PracticeSubmission.objects.sent().filter(status=S.FORMAL_CHECK)).count()


def overdue_number(user: Any) -> int:
    """Return how many submissions in work are late, whoever keeps them."""
    return not_of(user, overdue(PracticeSubmission.objects.sent())).count()


def without_page(user: Any) -> int:
    """Return how many accepted submissions wait for a page that the person may make."""
    return not_of(user, PracticeSubmission.objects.filter(status=S.ACCEPTED, page=None)).count()


def drafts_words() -> str:
    """Return how many drafts are being written, as a sentence: the office knows the number and nothing else."""
    count = PracticeSubmission.objects.filter(status=S.DRAFT, sent_at=None).count()
    if not count:
        return "Черновиков у организаций сейчас нет."
    noun = plural(count, "черновик", "черновика", "черновиков")
    return f"Ещё {count} {noun} организации пишут: до отправки их никто, кроме самих авторов, не видит."


def is_late(submission: Any) -> bool:
    """Tell whether the term of the status is over while somebody still has to act."""
    return submission.status in IN_WORK and submission.due_at is not None and submission.due_at < timezone.now()


def term_words(submission: Any) -> str:
    """Return «просрочено: редакция, с 12 апреля 2026», «до 14 апреля 2026, ещё 3 дня» or a dash without a term."""
    if submission.due_at is None or submission.status not in IN_WORK:
        return "—"
    day = moments.day(timezone.localdate(submission.due_at))
    if is_late(submission):
        return f"просрочено: {TURN[submission.status]}, с {day}"
    days = moments.days_until(submission.due_at, timezone.now())
    return f"до {day}, ещё {moments.days_in_words(days)}" if days else f"до {day}, сегодня"


def since_words(submission: Any) -> str:
    """Return since when it is in its status."""
    return day_words(submission.status_since) if submission.status_since else "—"


def round_words(submission: Any) -> str:
    """Return how often it was returned for revision, a dash for never."""
    rounds = sum(number for number in submission.returns.values() if isinstance(number, int))
    return str(rounds) if rounds else "—"


def name_of(user: Any) -> str:
    """Return how the office calls a colleague; a dash for nobody."""
    return (user.get_full_name() or user.email) if user is not None else "—"


def moderators() -> QuerySet[User]:
    """Return the open accounts of the office."""
    return User.objects.filter(groups__name=MODERATORS, is_active=True).order_by("name_sort", "pk")


def assignable(submissions: Iterable[Any]) -> QuerySet[User]:
    """Return moderators who belong to none of the organisations of `submissions`."""
    organisations = {one.organisation_id for one in submissions} - {None}
    inside = Membership.objects.active().filter(organisation__in=organisations).values("user")
    return moderators().exclude(pk__in=inside)
