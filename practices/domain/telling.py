"""Telling people about a submission: one verb writes a letter and a line of the bell to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from portal.core import letters, moments, notify
from practices.domain.audiences import Audience, People
from practices.domain.badges import full_address, snippet
from practices.enums import SubmissionStatus

RECEIPT = "practice_receipt"  # the kind of the letter, and of its enclosure


@dataclass(frozen=True, kw_only=True)
class Note:
    """A letter of a row of the table: its kind and who gets it; who pressed the button knows, unless `to_actor`."""

    kind: str
    to: tuple[Audience, ...]
    to_actor: bool = False


def subject_of(submission: Any) -> str:
    """Return how letters call it: «Мини-музей в чемодане», or its number where there is no title yet."""
    return f"«{submission.title}»" if submission.title else (submission.number or "практика без названия")


def facts_of(submission: Any) -> dict[str, str]:
    """Return what every letter about a submission may name."""
    return {
        "practice": subject_of(submission),
        "number": submission.number or "без номера",
        "organisation": submission.organisation.short_name if submission.organisation else "",
        "status": submission.public_status,
        **_published_facts(submission),
        "until": moments.deadline(submission.due_at) if submission.due_at else "без срока",
    }


def _published_facts(submission: Any) -> dict[str, str]:
    """Return the address and the badge of a practice that stands in the bank; blank before that."""
    page = submission.page if submission.status == SubmissionStatus.PUBLISHED else None
    return {"address": full_address(page) if page else "", "badge": str(snippet(page)) if page else ""}


def tell_people(
    submission: Any,
    people: Iterable[Any],
    kind: str,
    context: Mapping[str, str] | None = None,
    *,
    dedupe_key: str | None = None,
) -> None:
    """Tell each of `people` by a letter of `kind` and a line of the bell, within the caller's transaction.

    The line of the bell is the subject of the letter; both lead to the page of the submission. A receipt brings its PDF.
    """
    values = {"words": "", "remarks": "", "who": "редакция портала", **facts_of(submission), **(context or {})}
    people = list(people)
    if not people:
        return
    title, _body = letters.compose(kind, values)
    href = reverse("practice_submission", args=[submission.public_id])
    enclosure = f"{RECEIPT}:{submission.public_id}" if kind == RECEIPT else ""
    for user in people:
        notify.tell(user, kind, values, href=href, title=title, dedupe_key=dedupe_key, enclosure=enclosure)


def tell_sides(
    submission: Any, audiences: Iterable[Audience], kind: str, context: Mapping[str, str], actor: Any
) -> None:
    """Tell the people of the audiences, except who did it."""
    people = People([submission]).of(submission, audiences)
    tell_people(submission, [user for user in people if actor is None or user.pk != actor.pk], kind, context)


def tell_notes(notes: Iterable[Note], step: Any) -> None:
    """Write the letters of one row of the table."""
    people = People([step.submission])
    remarks = "\n".join(f"- {line}" for line in step.told.get("remarks", ()))
    if step.comment:
        remarks = f"{remarks}\n\n{step.comment}"
    who = (step.actor.get_full_name() or "автор") if step.actor is not None else "портал, по сроку"
    context = {"words": step.comment, "remarks": remarks, "who": who}
    for note in notes:
        told = people.of(step.submission, note.to)
        if not note.to_actor and step.actor is not None:
            told = [user for user in told if user.pk != step.actor.pk]
        tell_people(step.submission, told, note.kind, context)
