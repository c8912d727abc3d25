"""What the record beside a published practice says to a reader, and what of it the library keeps closed."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from practices.models import PracticeAuthor, PracticeStanding

ANSWER = dt.timedelta(days=30)  # for the answer to the yearly question; then the page says that nobody confirmed it


def is_stale(standing: PracticeStanding | None, today: dt.date) -> bool:
    """Tell whether the organisation was asked and has not confirmed within the time given for it."""
    if standing is None or standing.asked_on is None:
        return False
    answered = standing.confirmed_on is not None and standing.confirmed_on >= standing.asked_on
    return not answered and standing.asked_on + ANSWER < today


def without_permission(page_ids: list[int]) -> set[int]:
    """Return those of the practices whose organisation has withdrawn its permission: none of their files is open."""
    held = PracticeStanding.objects.filter(page__in=page_ids, permission_withdrawn_on__isnull=False)
    return set(held.values_list("page_id", flat=True))


def with_hidden_photos(page_ids: list[int]) -> set[int]:
    """Return those of the practices whose pictures are closed: without permission, or a person on them took the
    consent back (see `PracticePage.hides_photos`)."""
    withdrawn = Q(page__in=page_ids, consent__withdrawn_at__isnull=False)
    rows = PracticeAuthor.objects.filter(withdrawn).values_list("page_id", "consent__fields")
    return without_permission(page_ids) | {page_id for page_id, fields in rows if "photo" in fields}
