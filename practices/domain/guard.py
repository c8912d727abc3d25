"""The guard over a submission: what its public text and files may tell of people, said to the author and the moderator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.intake.domain.personal_data import Found, find_personal
from portal.intake.enums import AttachmentPurpose, Reader
from practices.domain.addresses import step_address
from practices.domain.attachments import FIELDS
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission

# Names of authors stand under consents of their own; the rest says nothing of people by its kind.
_OTHERWISE = frozenset({"authors", "author_names", "organisation", "municipality", "city_district", "consent_spread"})
_FILES = frozenset({"attachments", "cover", "photos"})


@dataclass(frozen=True)
class GuardWarning:
    """One place of a submission to look at: where it is mended, the words found, what they are and the cure."""

    label: str
    href: str
    found: Found

    @property
    def where(self) -> str:
        """The field in words, with the number of the row."""
        return f"{self.label}, строка {self.found.row}" if self.found.row else self.label


def warnings(submission: PracticeSubmission, answers: Mapping[str, Any] | None = None) -> list[GuardWarning]:
    """Return what the guard found, loud before quiet; `answers` spare a reading of the form.

    For «Проверка» of the author and for the desk of the moderator: it warns, only foreign links keep from sending.
    """
    if answers is None:
        answers = PRACTICE_FORM.answers(submission)
    public = [field.name for field in PRACTICE_FORM.fields if Reader.PUBLIC in field.visible_to]
    texts = {name: answers.get(name) for name in public if name not in _OTHERWISE | _FILES}
    found = find_personal({**texts, **_words_of_files(submission)})
    return sorted((_warning(submission, one) for one in found), key=lambda one: one.found.soft)


def _words_of_files(submission: PracticeSubmission) -> dict[str, list[str]]:
    """Names people gave to files and pictures: they are published with them."""
    texts: dict[str, list[str]] = {}
    for file in submission.attachments.exclude(purpose=AttachmentPurpose.CONSENT):
        words = " ".join(part for part in (file.name.replace("_", " "), file.title, file.alt) if part)
        texts.setdefault(FIELDS[file.purpose], []).append(words)
    return texts


def _warning(submission: PracticeSubmission, found: Found) -> GuardWarning:
    field = PRACTICE_FORM.by_name[found.field]
    step = PRACTICE_FORM.step_of(found.field)
    return GuardWarning(field.label, f"{step_address(submission, step.key)}#field-{found.field}", found)
