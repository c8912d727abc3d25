"""docs/procedure.md tells the procedure as the table of the code has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from portal.core.letter_kinds import find
from practices import rules
from practices.domain.procedure import TABLE, sends_to_head
from practices.enums import WITHDRAWABLE, SubmissionStatus

pytestmark = pytest.mark.unit
DOCUMENT = Path(settings.ROOT) / "docs" / "procedure.md"
WHO = {
    rules.can_confirm: "руководитель",
    sends_to_head: "автор",
    rules.can_send: "автор",
    rules.can_speak_for_organisation: "человек организации",
    rules.can_decide: "модератор",
    rules.can_edit_page: "редактор банка",
}


def sources(row):
    if row.sources == WITHDRAWABLE:
        return "любое до публикации"
    return ", ".join(status for status in SubmissionStatus if status in row.sources)


def table():
    """The table of the document, made of the table of the code."""
    lines = [
        "| действие | кнопка | откуда | куда | кто | слова | должно выполняться | письма |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in TABLE:
        who = WHO[row.who] + (" или портал по сроку" if row.by_portal else "")
        needs = ", ".join(check.__name__ for check in row.ready) or "—"
        letters = ", ".join(note.kind for note in row.letters) or "—"
        words = "да" if row.words else "—"
        lines.append(
            f"| {row.action} | {row.label} | {sources(row)} | {row.target} | {who} | {words} | {needs} | {letters} |"
        )
    return "\n".join(lines)


def terms():
    days = settings.PRACTICE_TERMS
    unit = {"revision": "календарных дней"}
    return "\n".join(f"- {status}: {number} {unit.get(status, 'рабочих дней')}" for status, number in days.items())


def test_the_document_has_the_table_of_the_code():
    assert table() in DOCUMENT.read_text(encoding="utf-8")


def test_the_document_has_the_terms_of_the_settings():
    assert terms() in DOCUMENT.read_text(encoding="utf-8")


def test_every_letter_that_the_document_names_exists():
    assert all(find(note.kind) for row in TABLE for note in row.letters)
