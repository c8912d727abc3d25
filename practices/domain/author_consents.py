"""Consents of authors to be named: asked by a letter, given on the portal or on paper, refused, withdrawn.

Making a name open to everybody needs a consent of its own, by field; silence is none (152-ФЗ art. 10.1).
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import formats, timezone

from portal.core import limits, privacy
from portal.core.letters import queue_letter
from portal.core.models import Consent
from portal.core.models.privacy import ConsentPurpose, Disclosure
from portal.intake.enums import AttachmentPurpose
from practices.domain import attachments
from practices.domain.audiences import Audience
from practices.domain.author_names import labels
from practices.domain.history import write_down
from practices.domain.telling import tell_sides
from practices.models import AuthorConsent, PracticeSubmission, SubmissionFile
from practices.rules import can_write_submission, closed_words
from search.text import match_key

TERM = timedelta(days=30)  # of a link in a letter
MOST_LETTERS = 3  # to one author in a day
_DAY = 24 * 3600
_BASIS_LENGTH = 200


class AuthorState(enum.Enum):
    """Where the consent of one author is: words for people and the state of the sign beside them."""

    NOT_ASKED = ("не спрошен", "")
    ASKED = ("письмо отправлено, ждём ответа", "wait")
    OVERDUE = ("на письмо не ответили, ссылка устарела", "late")
    GIVEN = ("согласие дано на портале", "done")
    PAPER = ("согласие на бумаге приложено", "done")
    REFUSED = ("автор отказался", "late")
    WITHDRAWN = ("согласие отозвано", "late")

    def __init__(self, label: str, sign: str) -> None:
        self.label = label
        self.sign = sign

    @property
    def agreed(self) -> bool:
        """Whether the name may be published."""
        return self in {AuthorState.GIVEN, AuthorState.PAPER}


@dataclass(frozen=True)
class AuthorLine:
    """One author who is to be named, and the consent."""

    id: str
    name: str
    email: str
    position: str  # slug of the vocabulary
    state: AuthorState
    record: AuthorConsent | None

    @property
    def opens(self) -> list[str]:
        """What the author opened, in words."""
        return labels(self.record.consent.fields) if self.state.agreed and self.record and self.record.consent else []

    @property
    def paper(self) -> SubmissionFile | None:
        """The signed sheet."""
        return self.record.paper if self.record and self.state is AuthorState.PAPER else None


def author_lines(submission: PracticeSubmission) -> list[AuthorLine]:
    """Return the authors who are to be named, with the state of each consent; one query."""
    rows = [row for row in submission.authors or [] if row.get("name")]
    if not rows:
        return []
    records = {record.author: record for record in submission.author_consents.select_related("consent", "paper")}
    return [_line(row, records.get(str(row.get("id", "")))) for row in rows]


def agreed_authors(submission: PracticeSubmission) -> list[str]:
    """Return the ids of the authors whose names may be published; one query."""
    return [line.id for line in author_lines(submission) if line.state.agreed]


def consents_by_author(submission: PracticeSubmission) -> dict[str, Consent]:
    """Return the consents that stand, by the id of the author's row; for the page of a published practice."""
    return {
        line.id: line.record.consent
        for line in author_lines(submission)
        if line.state.agreed and line.record is not None and line.record.consent is not None
    }


def ask(submission: PracticeSubmission, author: str, *, actor: Any) -> AuthorConsent:
    """Send the author a letter with a link where the text is read and the consent is given or refused.

    An earlier link stops working. Raises PermissionDenied for whoever does not write the submission and ValidationError
    in words: no name, no mailbox, agreed already, too many letters.
    """
    with transaction.atomic():
        locked = _lock(submission, actor)
        row = _row(locked, author)
        if not row.get("email"):
            raise ValidationError("Укажите электронную почту автора и сохраните: туда придёт письмо со ссылкой.")
        record, _made = AuthorConsent.objects.select_for_update(of=("self",)).get_or_create(
            submission=locked, author=author
        )
        if _line(row, record).state.agreed:
            raise ValidationError(f"{row['name']}: согласие уже есть.")
        if not limits.hit("author-consent", f"{locked.pk}:{author}", limit=MOST_LETTERS, per_seconds=_DAY):
            raise ValidationError("Сегодня письмо уже отправляли. Попросите автора проверить папку «Спам».")
        token = secrets.token_urlsafe(24)
        record.token_digest, record.asked_at, record.refused_at = _digest(token), timezone.now(), None
        record.save(update_fields=["token_digest", "asked_at", "refused_at"])
        queue_letter("author_consent", row["email"], _letter(locked, row, record, token, actor), secret=True)
        write_down(locked, "ask_author", actor, author=author)
    return record


def find_by_token(token: str) -> AuthorConsent | None:
    """Return the request behind a link; None for a made-up one, for one out of term and where the author's row is gone."""
    record = (
        AuthorConsent.objects.filter(token_digest=_digest(token), asked_at__gt=timezone.now() - TERM)
        .select_related("submission__organisation", "consent__text", "paper")
        .first()
    )
    return record if record is not None and row_of(record) is not None else None


def row_of(record: AuthorConsent) -> dict[str, Any] | None:
    """Return the row of the author whom the record is about, None when it has been removed or has no name."""
    return next((row for row in record.submission.authors or [] if _is(row, record.author)), None)


def state_of(record: AuthorConsent) -> AuthorState:
    """Return where the consent is now."""
    row = row_of(record)
    return _line(row, record).state if row is not None else AuthorState.NOT_ASKED


def give(
    record: AuthorConsent,
    *,
    fields: Sequence[str],
    address: str,
    conditions: str = "",
    valid_until: dt.date | None = None,
) -> Consent:
    """Record the consent of the author who came by the link; `fields` are values of Disclosure, the name among them.

    Who began the submission is told. Raises ValidationError when it is decided already or nothing is ticked.
    """
    with transaction.atomic():
        locked, row = _undecided(record)
        if Disclosure.NAME not in fields:
            raise ValidationError(
                "Чтобы назвать вас, нужна отметка «фамилия и имя». Если вы против, нажмите «Отказаться»."
            )
        account = get_user_model()._default_manager.filter(email=row["email"].lower()).first()
        consent = privacy.give_consent(
            ConsentPurpose.DISTRIBUTION,
            user=account,
            email=row["email"],
            person=row["name"],
            fields=[field for field in Disclosure.values if field in fields],
            valid_until=valid_until,
            address=address,
            basis=f"Форма на портале по ссылке из письма. {conditions}".strip()[:_BASIS_LENGTH],
        )
        locked.consent, locked.paper, locked.refused_at = consent, None, None
        locked.save(update_fields=["consent", "paper", "refused_at"])
        write_down(locked.submission, "author_agreed", None, author=locked.author, opens=consent.fields)
        _tell(locked, row, "согласился назвать имя на странице практики")
    return consent


def refuse(record: AuthorConsent) -> None:
    """Record that the author will not be named; who began the submission is told. Raises ValidationError when decided."""
    with transaction.atomic():
        locked, row = _undecided(record)
        locked.refused_at = timezone.now()
        locked.save(update_fields=["refused_at"])
        write_down(locked.submission, "author_refused", None, author=locked.author)
        _tell(locked, row, "отказался назвать имя на странице практики")


def record_paper(
    submission: PracticeSubmission,
    author: str,
    *,
    upload: IO[bytes],
    fields: Sequence[str],
    signed_on: dt.date,
    actor: Any,
) -> AuthorConsent:
    """Add the signed sheet of an author and record what it opens. Raises as `attach` does, and ValidationError when the
    name is not among `fields` or the day is ahead."""
    row = _row(submission, author)
    if Disclosure.NAME not in fields:
        raise ValidationError(
            "Отметьте, что разрешено в подписанном листе: без «фамилия и имя» называть автора нельзя."
        )
    if signed_on > timezone.localdate():
        raise ValidationError("Дата подписи не может быть в будущем.")
    file = attachments.attach(submission, upload, actor=actor, purpose=AttachmentPurpose.CONSENT)
    with transaction.atomic():
        locked = _lock(submission, actor)
        row = _row(locked, author)
        record, _made = AuthorConsent.objects.select_for_update(of=("self",)).get_or_create(
            submission=locked, author=author
        )
        if record.consent is not None and record.consent.is_active:
            privacy.withdraw_consent(record.consent, by=actor)  # the sheet takes the place of what was given before
        record.consent = privacy.give_consent(
            ConsentPurpose.DISTRIBUTION,
            person=row["name"],
            email=row.get("email", ""),
            fields=[field for field in Disclosure.values if field in fields],
            address=None,
            basis=f"Подписанный лист от {formats.date_format(signed_on, 'd.m.Y')}: {file.name}"[:_BASIS_LENGTH],
        )
        record.paper, record.refused_at, record.token_digest = file, None, ""
        record.save(update_fields=["consent", "paper", "refused_at", "token_digest"])
        write_down(locked, "record_paper", actor, author=author, opens=record.consent.fields)
    return record


def remove_paper(file: SubmissionFile, *, actor: Any) -> None:
    """Take a signed sheet out: the consent that rested on it is withdrawn. Raises as `attachments.remove` does."""
    with transaction.atomic():
        records = AuthorConsent.objects.filter(paper=file).select_related("consent")
        for record in records:
            if not can_write_submission(actor, file.submission):
                raise PermissionDenied
            if record.consent is not None:
                privacy.withdraw_consent(record.consent, by=actor)
            AuthorConsent.objects.filter(pk=record.pk).update(consent=None, paper=None)
        attachments.remove(file, actor=actor)


def _line(row: Mapping[str, Any], record: AuthorConsent | None) -> AuthorLine:
    return AuthorLine(
        id=str(row.get("id", "")),
        name=str(row["name"]),
        email=str(row.get("email") or ""),
        position=str(row.get("position") or ""),
        state=_state(row, record),
        record=record,
    )


def _state(row: Mapping[str, Any], record: AuthorConsent | None) -> AuthorState:
    if record is None:
        return AuthorState.NOT_ASKED
    consent = record.consent
    # Another person in the same row: the consent that was given is not theirs.
    if consent is not None and match_key(consent.person) == match_key(str(row["name"])):
        if consent.is_active:
            return AuthorState.PAPER if record.paper_id else AuthorState.GIVEN
        if record.asked_at is None or record.asked_at <= consent.given_at:
            return AuthorState.WITHDRAWN
    if record.refused_at is not None:
        return AuthorState.REFUSED
    if record.asked_at is None or not record.token_digest:
        return AuthorState.NOT_ASKED
    return AuthorState.OVERDUE if record.asked_at < timezone.now() - TERM else AuthorState.ASKED


def _lock(submission: PracticeSubmission, actor: Any) -> PracticeSubmission:
    locked: PracticeSubmission = (
        PracticeSubmission.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=submission.pk)
    )
    if not can_write_submission(actor, locked):
        raise PermissionDenied
    if words := closed_words(locked):
        raise ValidationError(words, code="closed")
    return locked


def _undecided(record: AuthorConsent) -> tuple[AuthorConsent, dict[str, Any]]:
    locked = (
        AuthorConsent.objects.select_for_update(of=("self",)).select_related("submission", "consent").get(pk=record.pk)
    )
    row = row_of(locked)
    if row is None:
        raise ValidationError("Вас больше нет среди авторов этой практики: отвечать не нужно.", code="gone")
    if _state(row, locked) is not AuthorState.ASKED:
        raise ValidationError("Ответ уже записан или ссылка устарела. Обновите страницу.", code="decided")
    return locked, row


def _row(submission: PracticeSubmission, author: str) -> dict[str, Any]:
    row = next((row for row in submission.authors or [] if _is(row, author)), None)
    if row is None:
        raise ValidationError("Сначала впишите имя автора и сохраните шаг.")
    return row


def _is(row: Mapping[str, Any], author: str) -> bool:
    return str(row.get("id", "")) == author and bool(row.get("name"))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _letter(
    submission: PracticeSubmission, row: Mapping[str, Any], record: AuthorConsent, token: str, actor: Any
) -> dict[str, str]:
    ends = timezone.localtime((record.asked_at or timezone.now()) + TERM)
    return {
        "author": str(row["name"]),
        "practice": submission.title or "без названия",
        "organisation": str(submission.organisation or ""),
        "asked_by": actor.get_full_name() or "коллега",
        "until": formats.date_format(ends, "j E Y"),
        "link": settings.SITE_URL + reverse("author_consent", args=[token]),
    }


def _tell(record: AuthorConsent, row: Mapping[str, Any], answer: str) -> None:
    submission = record.submission
    context = {"author": str(row["name"]), "answer": answer}
    tell_sides(submission, [Audience.AUTHOR], "author_answered", context, None)
