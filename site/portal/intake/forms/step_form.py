"""The form of one step of a draft: what was right is taken, what was not is kept as typed; only changes are told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from portal.intake.domain.saving import KEEP, Change
from portal.intake.forms.inputs import LONGEST_TYPED, RowsAnswerInput, input_of
from portal.intake.forms.rows import RowsWidget
from portal.intake.forms.spec import Field, Step

Seen = Mapping[str, tuple[int, str]]  # field → version that the page shows, digest of the value that it shows


def digest(value: Any) -> str:
    """Return a short fingerprint of an answer: what comes back the same was not touched."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def shown_values(step: Step, answers: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows in the inputs of a step: what was typed and not accepted stands before the answer."""
    return {
        field.name: typed[field.name]["value"] if field.name in typed else answers[field.name]
        for field in step.fields
        if field.is_asked
    }


def seen_of(shown: Mapping[str, Any], field_versions: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return what a page that shows these values has seen, to come back with its form."""
    return {name: [version_of(field_versions, name), digest(value)] for name, value in shown.items()}


def version_of(field_versions: Mapping[str, Any], name: str) -> int:
    """Return the version that changed a field last, 0 for one that nobody has changed."""
    return int(field_versions.get(name, (0,))[0])


def read_seen(text: str) -> dict[str, tuple[int, str]]:
    """Read what a page said it had seen; what is not understood counts as never seen."""
    try:
        rows = json.loads(text or "{}")
        return {str(name): (int(version), str(mark)) for name, (version, mark) in rows.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


class StepForm(forms.Form):
    """Inputs of a step. `shown` are the values of an unbound form, `only` limits the fields (autosave sends what was
    touched), `closed` names fields that cannot be changed now, `act` is (verb, field, row) of a pressed row button.
    """

    def __init__(
        self,
        step: Step,
        *,
        shown: Mapping[str, Any],
        data: Any = None,
        only: Collection[str] | None = None,
        closed: Collection[str] = (),
        act: tuple[str, str, str] | None = None,
    ) -> None:
        super().__init__(data)
        self.step = step
        for question in step.fields:
            if question.is_asked and (only is None or question.name in only):
                field = input_of(question)
                field.disabled = question.name in closed
                field.initial = shown.get(question.name, question.blank)
                self.fields[question.name] = field
        if act and isinstance(self.fields.get(act[1]), RowsAnswerInput):
            self._press(*act)

    def _press(self, verb: str, name: str, row: str) -> None:
        widget: RowsWidget = self.fields[name].widget
        if verb == "add":
            widget.extra = 1
        else:
            widget.pressed = (verb, row)

    def say(self, words: Mapping[str, str]) -> None:
        """Show words at fields of an unbound form, the first faulty ones above it."""
        self._errors = ErrorDict()
        for name, said in words.items():
            if name in self.fields:
                self._errors[name] = self.error_class([said], renderer=self.renderer)

    def too_long(self) -> list[str]:
        """Return the names of fields whose text is too long to be kept even as typed."""
        return [name for name in self.errors if len(json.dumps(self.typed_value(name))) > 6 * LONGEST_TYPED]

    def typed_value(self, name: str) -> Any:
        """Return what was typed into a field, before anything was made of it."""
        return self[name].data

    def changes(self, seen: Seen, settled: Collection[str] = ()) -> Iterator[Change]:
        """Yield what a person changed on the page; a field that comes back as it was shown is not among it.

        `settled` are fields of which both versions were shown: the choice counts against the version that was seen.
        """
        too_long = self.too_long()
        for name, field in self.fields.items():
            if field.disabled or name in too_long:
                continue
            version, mark = seen.get(name, (0, ""))
            words = next(iter(self.errors.get(name, ())), "")
            answer = self._answer(name, field.question, refused=bool(words))  # type: ignore[attr-defined]
            raw = self.typed_value(name)
            if name not in settled and mark and mark == digest(raw if words else answer):
                continue
            typed = {"value": raw, "words": words} if words else None
            yield Change(field.question, answer, typed, seen=version, settled=name in settled)  # type: ignore[attr-defined]

    def _answer(self, name: str, question: Field, *, refused: bool) -> Any:
        if not refused:
            return self.cleaned_data[name]
        field = self.fields[name]
        if isinstance(field, RowsAnswerInput) and len(field.partial) <= (question.at_most or len(field.partial)):
            return field.partial
        return KEEP
