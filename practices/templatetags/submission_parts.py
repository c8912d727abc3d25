"""Parts of the form of a submission that are more than fields: places of files, consents of authors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from portal.core.models import ConsentText
from portal.core.models.privacy import ConsentPurpose, Disclosure
from portal.files import antivirus
from portal.files.names import kind_of
from portal.intake.domain.uploads import LIMITS, Limits
from portal.intake.enums import AttachmentPurpose, ScanState
from portal.vocabularies.choices import terms
from portal.vocabularies.enums import Vocabulary
from practices.domain.attachments import FIELDS
from practices.domain.author_consents import AuthorLine, author_lines
from practices.domain.own_consents import has_consent
from practices.models import PracticeSubmission, SubmissionFile
from practices.rules import can_edit_submission

register = template.Library()

_LABELS = {
    AttachmentPurpose.FILE: (
        "Приложения",
        "Картотека, бланк, конспект, презентация. Назовите так, как назвали бы коллеге. Видео не загружайте: вставьте "
        "ссылку на него ниже.",
    ),
    AttachmentPurpose.COVER: (
        "Обложка",
        "Снимок среды или материалов без детей и взрослых. Без снимка нарисуем обложку сами — по области и теме.",
    ),
    AttachmentPurpose.PHOTO: (
        "Снимки",
        "Как проходит работа, что получилось. Место съёмки и сведения о телефоне портал убирает сам.",
    ),
}


@dataclass(frozen=True)
class Place:
    """A place of files on the step: its words, limits and what lies there."""

    purpose: str
    field: str  # as remarks and addresses name it
    label: str
    help: str
    limits: Limits
    files: list[SubmissionFile]
    is_full: bool


@register.simple_tag
def file_places(submission: PracticeSubmission) -> list[Place]:
    """The places of files of a submission in their order; no query where its files have been read."""
    files = sorted(submission.attachments.all(), key=lambda file: (file.order, file.pk))
    places = []
    for purpose, (label, help_text) in _LABELS.items():
        own = [file for file in files if file.purpose == purpose]
        limits = LIMITS[purpose]
        is_full = limits.most > 1 and len(own) >= limits.most
        places.append(Place(str(purpose.value), FIELDS[purpose], label, help_text, limits, own, is_full))
    return places


@register.simple_tag
def document_kinds() -> list[tuple[str, str]]:
    """The kinds of documents for the choice beside a file; no query once the dictionaries are in memory."""
    return [(term.slug, term.title) for term in terms(Vocabulary.DOCUMENT_KIND)]


@register.simple_tag
def lines_of_authors(submission: PracticeSubmission) -> list[AuthorLine]:
    """The authors who are to be named, with the state of each consent."""
    return author_lines(submission)


@register.simple_tag
def disclosures() -> list[tuple[str, str]]:
    """What an author may open, for the ticks beside a signed sheet."""
    return [(choice.value, str(choice.label)) for choice in Disclosure]


@register.simple_tag(takes_context=True)
def writes_submission(context: dict[str, Any], submission: PracticeSubmission) -> bool:
    """Whether the visitor may change it now; asked once for a page."""
    kept: dict[int, bool] = submission.__dict__.setdefault("_written_on_page", {})
    user = context["request"].user
    if user.pk not in kept:
        kept[user.pk] = can_edit_submission(user, submission)
    return kept[user.pk]


@register.simple_tag
def processing_text() -> ConsentText | None:
    """The text of the consent to the processing of data that is in force."""
    return ConsentText.objects.current().filter(purpose=ConsentPurpose.SUBMISSION).first()


@register.simple_tag
def distribution_text() -> ConsentText | None:
    """The text of the consent to be named that is in force."""
    return ConsentText.objects.current().filter(purpose=ConsentPurpose.DISTRIBUTION).first()


@register.filter
def processing_agreed(submission: PracticeSubmission) -> bool:
    """Whether the consent to the processing of data stands."""
    return has_consent(submission)


@register.filter
def file_kind(name: str) -> str:
    """The type of a file in capitals: PDF, DOCX."""
    return kind_of(name)


@register.filter
def scan_words(file: SubmissionFile) -> str:
    """What is known of viruses in a file, in words."""
    if file.scan == ScanState.UNCHECKED:
        return (
            "проверяем на вирусы" if antivirus.is_configured() and file.scanned_at is None else "не проверен на вирусы"
        )
    return {ScanState.CLEAN: "проверен на вирусы"}.get(ScanState(file.scan), "")
