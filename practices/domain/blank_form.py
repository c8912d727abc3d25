"""The blank form as a file: built by the worker once for each wording of the form, kept among the files of the portal."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from portal.core.context import portal_settings
from portal.intake.enums import FieldType, Reader
from portal.intake.forms.spec import Field, FormSpec
from practices.form_spec import PRACTICE_FORM

LAYOUT = 1  # of the file; a change of it makes the file anew
ORDER_AGAIN_SECONDS = 60


@dataclass(frozen=True)
class Question:
    """One question of the blank form in words; `choices` or `columns` where it has them."""

    label: str
    note: str
    help: str
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: int = 0
    is_long: bool = False


@dataclass(frozen=True)
class Blank:
    """A form in words: title, and steps of questions."""

    title: str
    portal: str
    steps: tuple[tuple[str, str, tuple[Question, ...]], ...]


def blank_of(form: FormSpec) -> Blank:
    """Return the form as a person fills it in on paper: what the author answers, without what the portal settles."""
    steps = tuple(
        (step.title, step.intro, tuple(_question(one) for one in step.fields if Reader.AUTHOR in one.visible_to))
        for step in form.steps
        if step.fields
    )
    return Blank(form.title, portal_settings.get().portal_name, steps)


def _question(one: Field) -> Question:
    table = one.type == FieldType.ROWS
    return Question(
        label=one.label,
        note=_note(one),
        help=one.help,
        choices=tuple(choice.label for choice in one.choices),
        columns=tuple(column.label for column in one.columns),
        rows=max(one.at_least, 2) if table else 0,
        is_long=one.type == FieldType.TEXTAREA,
    )


def _note(one: Field) -> str:
    """Return «обязательно, 60–350 знаков» of a question."""
    need = "обязательно" if one.required else (one.when_words and f"обязательно, {one.when_words}") or "по желанию"
    unit = _UNITS.get(FieldType(one.type), "")
    if not unit or one.at_most is None:
        return need
    return f"{need}; {f'{one.at_least}–{one.at_most}' if one.at_least else f'до {one.at_most}'} {unit}"


_UNITS = {
    FieldType.TEXT: "знаков",
    FieldType.TEXTAREA: "знаков",
    FieldType.ROWS: "строк",
    FieldType.MULTISELECT: "значений",
    FieldType.TAGS: "тем",
    FieldType.FILES: "файлов",
}


def stored_name() -> str:
    """Return the name under which the file for the present wording lies."""
    content = json.dumps(asdict(blank_of(PRACTICE_FORM)), ensure_ascii=False, sort_keys=True, default=str)
    digest = hashlib.sha256(f"{LAYOUT}{content}".encode()).hexdigest()[:24]
    return f"forms/practice-{PRACTICE_FORM.version}-{digest}.docx"


def find_or_order() -> Any:
    """Return the open file, or None while the worker is asked for it, once a minute however many ask."""
    name = stored_name()
    if default_storage.exists(name):
        return default_storage.open(name, "rb")
    if cache.add(f"portal:blank-ordered:{name}", 1, ORDER_AGAIN_SECONDS):
        transaction.on_commit(build_blank.enqueue)
    return None


@task()
def build_blank() -> None:
    """Build the file for the present wording and drop those of earlier ones. Safe to repeat after a kill."""
    from practices.passport_files.blank import render_blank  # noqa: PLC0415 - python-docx belongs to the worker (SPEED)

    name = stored_name()
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(render_blank(blank_of(PRACTICE_FORM), made_on=timezone.now())))
    _folders, files = default_storage.listdir("forms")
    for other in files:
        if other.startswith("practice-") and f"forms/{other}" != name:
            default_storage.delete(f"forms/{other}")
