"""Lists of submissions in the cabinet: rows of one page in a number of queries that does not grow with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce, Greatest

from portal.organisations.rules import standing
from practices.domain.status import LOOKS, day_words, next_words, status_label
from practices.domain.tasks import address_of
from practices.enums import IN_WORK, SubmissionStatus
from practices.models import PracticeSubmission

S = SubmissionStatus
PER_PAGE = 20
# Filters of the list: name in the address → words on the chip and what it shows.
SHOWN: Mapping[str, tuple[str, frozenset[str]]] = {
    "ours": ("Ждут нас", frozenset({S.DRAFT, S.HEAD_CONFIRMATION, S.REVISION, S.AUTHOR_APPROVAL})),
    "drafts": ("Черновики", frozenset({S.DRAFT, S.HEAD_CONFIRMATION})),
    "sent": ("У редакции", frozenset(IN_WORK)),
    "published": ("Опубликованы", frozenset({S.PUBLISHED})),
    "closed": ("Закрыты", frozenset({S.REJECTED, S.WITHDRAWN, S.ARCHIVED})),
}


@dataclass(frozen=True)
class Row:
    """A submission in the list."""

    href: str
    title: str
    number: str
    organisation: str
    label: str
    look: str
    next: str
    changed: str


def of_cabinet(user: Any) -> Any:
    """Return the submissions that concern `user`: of the own organisations, by invitation, and, once sent, of the
    municipalities coordinated. The office has its desk."""
    places = standing(user)
    found = PracticeSubmission.objects.of_team(user)
    if places.municipalities:
        there = Q(sent_at__isnull=False, organisation__municipality__in=places.municipalities)
        found = PracticeSubmission.objects.filter(Q(pk__in=found.values("pk")) | there)
    return found


def counts(user: Any) -> dict[str, int]:
    """Return how many submissions each filter shows, and under «» all of them; one query."""
    by_status = dict(of_cabinet(user).order_by().values_list("status").annotate(Count("pk")))
    found = {name: sum(by_status.get(status, 0) for status in statuses) for name, (_, statuses) in SHOWN.items()}
    return {"": sum(by_status.values()), **found}


def rows(user: Any, shown: str, start: int, stop: int) -> list[Row]:
    """Return a page of the list, what moved or was written last first; one query."""
    found = of_cabinet(user).select_related("organisation")
    if shown in SHOWN:
        found = found.filter(status__in=SHOWN[shown][1])
    moved = Greatest("changed_at", Coalesce("status_since", "changed_at"))
    return [_row(one) for one in found.annotate(moved=moved).order_by("-moved", "-pk")[start:stop]]


def _row(submission: Any) -> Row:
    return Row(
        href=address_of(submission),
        title=str(submission),
        number=submission.number or "—",
        organisation=submission.organisation.short_name if submission.organisation else "",
        label=status_label(submission),
        look=LOOKS.get(submission.status, ""),
        next=next_words(submission),
        changed=day_words(submission.moved),
    )
