"""The passport of a submission in words, step by step, for whoever reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from portal.intake.enums import FieldType
from portal.intake.forms.spec import Step
from portal.intake.forms.words import in_words, rows_in_words
from practices.form_spec import PRACTICE_FORM


def answer_blocks(
    answers: Mapping[str, Any], *, reader: str, address: Callable[[Step], str] = lambda _step: ""
) -> list[dict[str, Any]]:
    """Return the steps with their answers in words; what `reader` may not see is not there.

    `address` gives the address where a step is changed, blank where it is only read.
    """
    return [
        {
            "title": step.title,
            "href": address(step),
            "lines": [
                {
                    "name": field.name,
                    "label": field.label,
                    "rows": rows_in_words(field, answers.get(field.name) or [])
                    if field.type == FieldType.ROWS
                    else None,
                    "words": in_words(field, answers.get(field.name, field.blank)),
                }
                for field in step.fields
                if reader in field.visible_to
            ],
        }
        for step in PRACTICE_FORM.steps
        if step.fields
    ]
