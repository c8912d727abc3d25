"""A submission that lacks nothing: it may be sent."""

from __future__ import annotations

from typing import Any

from portal.core.privacy import give_consent
from practices.form_spec import PRACTICE_FORM
from tests.factories.submissions import make_submission


def long(words: str, least: int) -> str:
    """Words repeated until they are as long as a field asks."""
    return " ".join([words] * (least // len(words) + 1))


def whole_answers() -> dict[str, Any]:
    """Answers to every question that the form asks for."""
    answers: dict[str, Any] = {
        "title": "Дневник погоды на подоконнике: дети сами ведут наблюдения",
        "authors": [{"id": "a1", "position": "vospitatel", "count": 2, "name": "", "email": ""}],
        "tags": ["наблюдение", "природа края"],
        "period_start": "2021-09",
        "contact_email": "contact@example.org",
        "rights": True,
    }
    for field in PRACTICE_FORM.fields:
        if field.name in answers or not (field.required or field.required_when) or field.fixed:
            continue
        if field.type in {"select", "multiselect"}:
            value = field.choices[0].value
            answers[field.name] = [value] * 1 if field.type == "multiselect" else value
        elif field.type == "rows":
            answers[field.name] = [
                {"id": f"{field.name}{number}", **{one.name: cell(one) for one in field.columns}}
                for number in range(max(field.at_least, 1))
            ]
        elif field.type in {"text", "textarea"}:
            answers[field.name] = long("наблюдение детей", max(field.at_least, 5))[: field.at_most]
    return {name: value for name, value in answers.items() if not name.startswith(("photo", "cover", "consent"))}


def cell(column: Any) -> Any:
    """A cell of a table that is long enough."""
    if column.type == "number":
        return 10
    return long("наблюдение детей", max(column.at_least, 3))[: column.at_most or 200]


def make_whole(organisation: Any, author: Any, **fields: Any) -> Any:
    """A submission in which everything that the form asks for is answered, with the consent to processing."""
    submission = make_submission(organisation, author, **fields)
    answers = {PRACTICE_FORM.by_name[name]: value for name, value in whole_answers().items()}
    columns = PRACTICE_FORM.store.write(submission, answers)
    submission.consent = give_consent("account", user=author, address="127.0.0.1", basis="шаг «Согласия»")
    submission.save(update_fields=[*columns, "consent"])
    return type(submission).objects.get(pk=submission.pk)
