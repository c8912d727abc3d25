"""Drafts of a person as one plain text: what is taken away before the account is closed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from portal.core.cabinet import Takeaway
from portal.intake.forms.words import in_words
from practices.enums import EDITABLE
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission


def own_drafts(user: Any) -> Any:
    """Return the drafts that `user` began and may still write."""
    return PracticeSubmission.objects.of_team(user).filter(created_by=user, status__in=EDITABLE).order_by("pk")


def takeaways(user: Any) -> list[Takeaway]:
    """Offer the drafts as a file when there are any."""
    count = own_drafts(user).count()
    return [Takeaway(f"Ваши черновики практик ({count}), TXT", reverse("practice_drafts_text"))] if count else []


def text_of_drafts(user: Any) -> str:
    """Return every draft of `user`: title, then each answered question with its answer."""
    return "\n\n\n".join(_text(draft) for draft in own_drafts(user))


def _text(draft: PracticeSubmission) -> str:
    answers = PRACTICE_FORM.answers(draft)
    said = [
        f"{field.label}\n{words}"
        for field in PRACTICE_FORM.fields
        if (words := in_words(field, answers.get(field.name, field.blank)))
    ]
    return "\n\n".join([str(draft).upper(), *said])
