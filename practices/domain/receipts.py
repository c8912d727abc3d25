"""The receipt of what was sent: its answers as a PDF, built by the worker, for the letter and for the cabinet.

A receipt is a function of the snapshot taken at sending, so it says what was sent whatever happens to the draft later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from portal.core import moments
from portal.core.context import portal_settings
from portal.core.enclosures import Enclosure
from portal.intake.enums import FieldType
from portal.intake.forms.spec import Field, Step
from portal.intake.forms.words import in_words
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission, SubmissionSnapshot
from practices.passport_files.content import Bullets, clean_text, one_line, parse_text
from practices.passport_files.outline import DEMO_NOTICE, Block, Facts, Outline, Section, Subsection

PDF = "application/pdf"
_LONG = {FieldType.TEXTAREA, FieldType.ROWS, FieldType.FILES, FieldType.CONSENTS}


def order(submission: PracticeSubmission) -> None:
    """Ask the worker for the receipt once the surrounding transaction is committed."""
    transaction.on_commit(lambda: build_receipt.enqueue(submission.public_id))


@task()
def build_receipt(public_id: str) -> None:
    """Build the receipt of a submission unless it lies there. Safe to repeat after a kill."""
    receipt_content(public_id)


def enclosure(public_id: str) -> Enclosure:
    """Return the receipt as a file for a letter. Raises SubmissionSnapshot.DoesNotExist for what was never sent."""
    snapshot, content = receipt_content(public_id)
    return Enclosure(file_name(snapshot.submission), content, PDF)


def file_name(submission: PracticeSubmission) -> str:
    """Return how the receipt is called where it is saved."""
    return f"Заявка {submission.number}.pdf"


def sent_snapshot(submission: PracticeSubmission) -> SubmissionSnapshot | None:
    """Return the answers with which the submission got its number, None for one that was never sent."""
    return submission.snapshots.filter(reason="sent").order_by("-taken_at", "-pk").first()


def receipt_content(public_id: str) -> tuple[SubmissionSnapshot, bytes]:
    """Return the snapshot and its receipt; a receipt that is not there is built and kept."""
    snapshot = (
        SubmissionSnapshot.objects.filter(submission__public_id=public_id, reason="sent")
        .select_related("submission__organisation__municipality")
        .order_by("-taken_at", "-pk")
        .first()
    )
    if snapshot is None:
        raise SubmissionSnapshot.DoesNotExist(public_id)
    if snapshot.copy and snapshot.copy.storage.exists(str(snapshot.copy.name)):
        with snapshot.copy.open("rb") as kept:
            return snapshot, kept.read()
    content = _render(snapshot)
    snapshot.copy.save("receipt.pdf", ContentFile(content), save=False)
    SubmissionSnapshot.objects.filter(pk=snapshot.pk).update(copy=snapshot.copy.name)
    return snapshot, content


def _render(snapshot: SubmissionSnapshot) -> bytes:
    from practices.passport_files.pdf import Cover, render_outline  # noqa: PLC0415 - typst belongs to the worker (SPEED)

    submission = snapshot.submission
    local = timezone.localtime(snapshot.taken_at).replace(microsecond=0)
    cover = Cover(
        label=f"Заявка {submission.number}",
        author=one_line(_name(submission.organisation)),
        url=settings.SITE_URL + reverse("practice_submission", args=[submission.public_id]),
        url_words="Открыть заявку в кабинете",
        is_demo=submission.is_demo,
    )
    made_on = local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()))
    return render_outline(receipt_outline(snapshot), cover, made_on=made_on)


def receipt_outline(snapshot: SubmissionSnapshot) -> Outline:
    """Return what the receipt says: the facts of the sending, then every answer in the order of the form."""
    submission, answers = snapshot.submission, snapshot.answers
    portal = portal_settings.get()
    organisation = submission.organisation
    facts = (
        ("Номер", submission.number or ""),
        ("Получена", moments.deadline(snapshot.taken_at)),
        ("Организация", one_line(_name(organisation))),
        ("Муниципальное образование", one_line(_name(organisation and organisation.municipality))),
    )
    return Outline(
        title=one_line(clean_text(str(answers.get("title") or ""))) or "Практика без названия",
        summary=parse_text(clean_text(str(answers.get("summary") or ""))),
        badge="",
        glance=(),
        facts=tuple((label, value) for label, value in facts if value),
        notices=(DEMO_NOTICE,) if submission.is_demo else (),
        sections=tuple(_sections(PRACTICE_FORM.steps, answers)),
        source=" · ".join(filter(None, (portal.portal_name, portal.region_name))),
    )


def _name(record: Any) -> str:
    return clean_text(record.name) if record is not None else ""


def _sections(steps: Iterable[Step], answers: Mapping[str, Any]) -> Iterable[Section]:
    for step in steps:
        said = [(one, words) for one in step.fields if (words := _words(one, answers))]
        pairs = tuple((one.label, one_line(words)) for one, words in said if one.type not in _LONG)
        blocks: list[Block] = [Facts(pairs)] if pairs else []
        blocks += [Subsection(one.label, _text(one, words)) for one, words in said if one.type in _LONG]
        if blocks:
            yield Section(step.title, tuple(blocks))


def _words(field: Field, answers: Mapping[str, Any]) -> str:
    if field.name in {"title", "summary"}:
        return ""  # they stand at the head
    return clean_text(in_words(field, answers.get(field.name, field.blank)))


def _text(field: Field, words: str) -> Any:
    if field.type == FieldType.TEXTAREA:
        return parse_text(words)
    return (Bullets(tuple(one_line(line) for line in words.splitlines() if line.strip())),)


def forget_person(snapshot: SubmissionSnapshot, *, emails: Collection[str], full_name: str) -> bool:
    """Take a person out of the answers that were sent and of their copy on paper; tell whether the person was there.

    The copy is built anew without the person when somebody asks for it.
    """
    answers = dict(snapshot.answers)
    if answers.get("contact_email") in emails:
        answers |= {"contact_name": "", "contact_email": "", "contact_phone": ""}
    own = {
        row.get("id")
        for row in answers.get("authors") or []
        if row.get("email") in emails or (full_name and row.get("name") == full_name)
    }
    for name in ("authors", "author_names"):
        if rows := answers.get(name):
            answers[name] = [_without_person(row) if row.get("id") in own else row for row in rows]
    if answers == snapshot.answers:
        return False
    copy = str(snapshot.copy.name or "")
    SubmissionSnapshot.objects.filter(pk=snapshot.pk).update(answers=answers, copy="")
    if copy:
        transaction.on_commit(lambda: snapshot.copy.storage.delete(copy))
    return True


def _without_person(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, **{name: "" for name in ("name", "email") if name in row}}
