"""Submissions in which a consent is used, for «Мои согласия» (`portal.core.consent_uses`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.core.consent_uses import ConsentUse
from practices.models import AuthorConsent, PracticeSubmission


def submissions(numbers: Sequence[int]) -> Iterator[tuple[int, ConsentUse]]:
    """Submissions made or signed under the consents; no address: who signed need not see the submission."""
    for submission in PracticeSubmission.objects.filter(consent__in=numbers).order_by("pk"):
        yield submission.consent_id or 0, _use(submission)
    for signed in AuthorConsent.objects.filter(consent__in=numbers).select_related("submission").order_by("pk"):
        yield signed.consent_id or 0, _use(signed.submission)


def _use(submission: PracticeSubmission) -> ConsentUse:
    number = f" {submission.number}" if submission.number else ""
    return ConsentUse(f"Заявка{number} «{submission.title or 'без названия'}»")
