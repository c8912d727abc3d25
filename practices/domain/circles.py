"""Authors of submissions as circles of people that the office may write to, one for each state of a submission."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from portal.core import audiences
from portal.core.audiences import Recipient
from practices.enums import SubmissionStatus
from practices.models import PracticeSubmission

_PLACEHOLDERS = {"practice": ("название практики", "Степной дневник")}
UNREAD = frozenset({SubmissionStatus.DRAFT, SubmissionStatus.HEAD_CONFIRMATION})  # the office does not read these yet


def authors_in(status: SubmissionStatus) -> Iterator[Recipient]:
    """Yield who made the submissions in `status`, the newest first; the name of an unread practice is not told."""
    rows = PracticeSubmission.objects.filter(status=status, created_by__is_active=True).select_related("created_by")
    for row in rows.order_by("-created_at", "-pk"):
        author = row.created_by
        if author is None:
            continue
        values = {} if status in UNREAD else {"practice": row.title}
        yield Recipient(author.email, author.get_short_name(), author.pk, values)


def register() -> None:
    """Make a circle of every state known to the office's mailings."""
    for status in SubmissionStatus:
        audiences.register(
            f"authors_{status.value}",
            f"Авторы заявок: {status.label.lower()}",
            partial(authors_in, status),
            placeholders={} if status in UNREAD else _PLACEHOLDERS,
        )
