"""What else changes when a submission moves: each effect changes its fields and rows and names the columns to save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from portal.core.text import normalise_text
from portal.intake.domain.numbers import take_number
from portal.intake.forms.conditions import fields_of
from practices.domain import receipts, standing_records
from practices.domain.checklist import FORMAL_CHECK
from practices.domain.errors import TransitionError
from practices.enums import NUMBER_SERIES
from practices.form_spec import PRACTICE_FORM
from practices.models import SubmissionRemark, SubmissionSnapshot


@dataclass
class Step:
    """One move of one submission, whose row is locked: who, from where, with what words and details."""

    submission: Any
    action: str
    source: str
    actor: Any
    comment: str
    now: datetime
    details: Mapping[str, Any]
    told: dict[str, Any] = field(default_factory=dict)  # what effects did, for the history and the letters


Effect = Callable[[Step], Iterable[str]]


def mark_sender(step: Step) -> Iterable[str]:
    """Remember who pressed «Отправить»."""
    step.submission.sent_by = step.actor
    return ["sent_by"]


def register(step: Step) -> Iterable[str]:
    """It has reached the office: number, moment, the answers as they are, no line of the check ticked."""
    submission = step.submission
    submission.number = submission.number or take_number(NUMBER_SERIES, timezone.localtime(step.now).year)
    submission.sent_at = step.now
    submission.checklist = dict.fromkeys(FORMAL_CHECK)
    take_snapshot(step, "sent")
    receipts.order(submission)
    step.told["number"] = submission.number
    return ["number", "sent_at", "checklist", "title_match"]


def register_again(step: Step) -> Iterable[str]:
    """The mended text is with the office: a second snapshot to compare with, all fields closed again."""
    step.submission.open_fields = []
    take_snapshot(step, "resent")
    return ["open_fields", "title_match"]


def take_snapshot(step: Step, reason: str) -> None:
    """Keep the answers as they are now."""
    SubmissionSnapshot.objects.create(
        submission=step.submission,
        reason=reason,
        version=step.submission.version,
        answers=PRACTICE_FORM.answers(step.submission),
        taken_by=step.actor,
        taken_at=step.now,
    )


def open_revision(step: Step) -> Iterable[str]:
    """Write the remarks down and open for change what they speak of.

    `remarks` of the details: pairs {field, text}, a blank field for the whole. Raises TransitionError without one.
    """
    remarks = _remarks(step.details.get("remarks") or ())
    if not remarks:
        raise TransitionError("Напишите хотя бы одно замечание: по нему автор поймёт, что исправить.")
    submission = step.submission
    last = submission.remarks.order_by("-round").values_list("round", flat=True).first() or 0
    SubmissionRemark.objects.bulk_create(
        SubmissionRemark(
            submission=submission, round=last + 1, field=name, text=text, written_by=step.actor, written_at=step.now
        )
        for name, text in remarks
    )
    submission.open_fields = opened_by([name for name, _text in remarks])
    submission.returned_from = step.source
    submission.returns = {**submission.returns, step.source: submission.returns.get(step.source, 0) + 1}
    step.told |= {"round": last + 1, "remarks": [_line(name, text) for name, text in remarks]}
    return ["open_fields", "returned_from", "returns"]


def _remarks(given: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return cleaned pairs of field and text; raises TransitionError for a field the form does not have."""
    found = []
    for remark in given:
        name, text = str(remark.get("field") or ""), normalise_text(str(remark.get("text") or ""))
        if name and name not in PRACTICE_FORM.by_name:
            raise TransitionError(f"В форме нет поля «{name}».")
        if text:
            found.append((name, text[:2000]))
    return found


def opened_by(names: Iterable[str]) -> list[str]:
    """Return the fields that remarks to `names` open: these, and those that ask for them or that they ask for.

    A remark to the whole opens everything: an empty list.
    """
    names = set(names)
    if "" in names:
        return []
    opened = set(names)
    for one in PRACTICE_FORM.fields:
        tied = {one.part_of} | (fields_of(one.required_when) if one.required_when else set())
        if one.name in names:
            opened |= tied
        elif tied & names:
            opened.add(one.name)
    return [one.name for one in PRACTICE_FORM.fields if one.name in opened]


def _line(name: str, text: str) -> str:
    label = PRACTICE_FORM.by_name[name].label if name else "Заявка в целом"
    return f"{label}: {text}"


def show_text(step: Step) -> Iterable[str]:
    """Fix which revision of the page the author is asked about: `revision` of the details, or the latest."""
    page = step.submission.page
    revision = step.details.get("revision") or (page.latest_revision if page is not None else None)
    if revision is None:
        raise TransitionError("У страницы нет ни одной сохранённой редакции: откройте её и сохраните.")
    step.submission.shown_revision, step.submission.agreed_revision = revision, None
    return ["shown_revision", "agreed_revision"]


def take_text_back(step: Step) -> Iterable[str]:
    """The author has objected: nothing is shown until the editor sends the text again."""
    step.submission.shown_revision = step.submission.agreed_revision = None
    return ["shown_revision", "agreed_revision"]


def fix_agreed(step: Step) -> Iterable[str]:
    """The author agrees to the revision that was shown, and to no other."""
    step.submission.agreed_revision_id = step.submission.shown_revision_id
    return ["agreed_revision"]


def put_on_shelf(step: Step) -> Iterable[str]:
    """The page leaves lists with the words of the actor as its reason; `successor` of the details replaces it."""
    if step.submission.page_id is not None:
        standing_records.put_on_shelf(
            step.submission.page_id, reason=step.comment, successor=step.details.get("successor"), actor=step.actor
        )
    return []


def take_off_shelf(step: Step) -> Iterable[str]:
    """The page is in lists again."""
    if step.submission.page_id is not None:
        standing_records.take_off_shelf(step.submission.page_id, actor=step.actor)
    return []
