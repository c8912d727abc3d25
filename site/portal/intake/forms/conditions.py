"""Conditions of a form: small JSON objects over its answers, so that rows of a database hold them as they are.

`{"field": name, "is": value}` · `"has": value` (one of several chosen) · `"only": [values]` (nothing chosen besides) ·
`"filled": true` · and of conditions: `{"all": […]}`, `{"any": […]}`, `{"not": …}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Rule = Mapping[str, Any]
Answers = Mapping[str, Any]


class ConditionError(ValueError):
    """A condition that the form does not understand."""


def _chosen(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in ("", None) else [plain(value)]


def plain(value: Any) -> Any:
    """Return the comparable part of an answer: of a reference its code."""
    return value.get("value") if isinstance(value, Mapping) else value


def is_filled(value: Any) -> bool:
    """Tell whether something has been answered; an unticked box is no answer, the number 0 is one."""
    if isinstance(value, Mapping):
        return bool(value.get("value"))
    return value is not None and value is not False and value not in ("", [])


_TESTS = {
    "is": lambda value, wanted: plain(value) == wanted,
    "has": lambda value, wanted: wanted in _chosen(value),
    "only": lambda value, wanted: set(_chosen(value)) <= set(wanted),
    "filled": lambda value, wanted: is_filled(value) is bool(wanted),
}


def holds(rule: Rule, answers: Answers) -> bool:
    """Tell whether `rule` holds for `answers`. Raises ConditionError for a rule of another shape."""
    if "all" in rule:
        return all(holds(part, answers) for part in rule["all"])
    if "any" in rule:
        return any(holds(part, answers) for part in rule["any"])
    if "not" in rule:
        return not holds(rule["not"], answers)
    name, tests = rule.get("field"), [test for test in _TESTS if test in rule]
    if not isinstance(name, str) or len(tests) != 1:
        raise ConditionError(f"Непонятное условие: {dict(rule)}")
    return bool(_TESTS[tests[0]](answers.get(name), rule[tests[0]]))


def fields_of(rule: Rule) -> set[str]:
    """Return the names of the fields that `rule` looks at. Raises ConditionError for a rule of another shape."""
    holds(rule, {})
    parts = [*rule.get("all", ()), *rule.get("any", ()), *([rule["not"]] if "not" in rule else [])]
    return set().union(*(fields_of(part) for part in parts)) if parts else {rule["field"]}
