"""The consent of whoever fills a submission in: to the processing of the own data for its consideration (152-ФЗ art. 9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from portal.core import privacy
from portal.core.models import Consent
from portal.core.models.privacy import ConsentPurpose
from practices.domain.history import write_down
from practices.models import PracticeSubmission
from practices.rules import can_write_submission, closed_words

KEPT = timedelta(days=30)  # contacts after a withdrawal, as the text of the consent says


def has_consent(submission: PracticeSubmission) -> bool:
    """Tell whether the consent of the one who fills it in is given and stands."""
    return submission.consent is not None and submission.consent.is_active


def agree(submission: PracticeSubmission, *, user: Any, address: str) -> Consent:
    """Record that `user` agreed to the text in force; a consent that stands is returned as it is.

    Raises PermissionDenied for whoever does not write the submission, ValidationError when its term is over.
    """
    with transaction.atomic():
        locked: PracticeSubmission = (
            PracticeSubmission.objects.select_for_update(of=("self",))
            .select_related("organisation", "consent")
            .get(pk=submission.pk)
        )
        if not can_write_submission(user, locked):
            raise PermissionDenied
        if words := closed_words(locked):
            raise ValidationError(words, code="closed")
        if locked.consent is not None and locked.consent.is_active:
            return locked.consent
        consent = privacy.give_consent(
            ConsentPurpose.SUBMISSION, user=user, address=address, basis=f"Форма заявки {locked.public_id}"
        )
        locked.consent = consent
        locked.save(update_fields=["consent"])
        write_down(locked, "agree_to_processing", user)
    submission.consent = consent
    return consent


def withdraw(submission: PracticeSubmission, *, user: Any) -> None:
    """Withdraw the own consent. Raises PermissionDenied for somebody else's."""
    consent = submission.consent
    if consent is None or consent.user_id != user.pk:
        raise PermissionDenied
    privacy.withdraw_consent(consent, by=user)


def forget_contacts() -> int:
    """Erase contacts of the submissions whose consent was withdrawn a month ago; a duty of the night. Return how many."""
    gone = PracticeSubmission.objects.filter(consent__withdrawn_at__lt=timezone.now() - KEPT)
    return gone.exclude(contact_name="", contact_email="", contact_phone="").update(
        contact_name="", contact_email="", contact_phone=""
    )
