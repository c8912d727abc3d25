"""A form of any procedure: steps of fields with their limits, help, conditions and readers.

Declared in code over columns (practices) or loaded from JSON rows over JSON answers (`loading`): the machinery sees no
difference. What people answer is read through the storage of the form as plain JSON values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from portal.intake.enums import FieldType, Reader, StepState
from portal.intake.forms.choices import Choice, vocabulary_choices
from portal.intake.forms.conditions import Rule, fields_of, is_filled

EVERYBODY = frozenset(Reader)
OFFICE = frozenset({Reader.AUTHOR, Reader.MODERATOR})  # contacts: never experts, never the public
_LISTS = {
    FieldType.MULTISELECT,
    FieldType.TAGS,
    FieldType.ROWS,
    FieldType.FILES,
    FieldType.CONSENTS,
}


class FormError(ValueError):
    """A form that contradicts itself: the words say which field and why."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table field: `at_least` and `at_most` are characters of a text."""

    name: str
    label: str
    type: str = FieldType.TEXT
    help: str = ""
    required: bool = True
    at_least: int = 0
    at_most: int | None = None
    vocabulary: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def choices(self) -> list[Choice]:
        """What may be chosen; nothing for other types."""
        return _choices(self.options, self.vocabulary, 1)

    @property
    def blank(self) -> Any:
        """The cell of a row that nobody has filled."""
        return {FieldType.NUMBER: None, FieldType.CHECKBOX: False}.get(FieldType(self.type), "")


@dataclass(frozen=True, kw_only=True, eq=False)
class Field:
    """One question of a form.

    `at_least` and `at_most` count characters of a text, rows of a table, chosen values of a list, files. A draft is
    held to `at_most` alone; the rest is asked for before sending. `when_words` says `required_when` to people.
    `source` names the column of the storage when it is called otherwise. A `fixed` field is shown and not edited: it
    was settled when the draft began. One answered `elsewhere` has a part of the page and verbs of its own (files,
    consents). `part_of` names the field of the passport that this one belongs to.
    `prefilled` is the value that stands in a new draft: it does not make a step begun.
    """

    name: str
    label: str
    type: str
    help: str = ""
    required: bool = False
    required_when: Rule | None = None
    when_words: str = ""
    at_least: int = 0
    at_most: int | None = None
    vocabulary: str = ""
    levels: int = 1
    options: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    row_label: str = "строка"
    visible_to: frozenset[str] = EVERYBODY
    criterion: str = ""
    example: str = ""
    source: str = ""
    fixed: bool = False
    elsewhere: bool = False
    part_of: str = ""
    prefilled: Any = None

    @property
    def choices(self) -> list[Choice]:
        """What may be chosen; nothing for other types."""
        return _choices(self.options, self.vocabulary, self.levels)

    @property
    def blank(self) -> Any:
        """The answer of a field that nobody has answered."""
        if self.type in _LISTS:
            return []
        return {FieldType.CHECKBOX: False, FieldType.NUMBER: None, FieldType.REFERENCE: None}.get(
            FieldType(self.type), ""
        )

    @property
    def is_asked(self) -> bool:
        """Whether the form of the step itself takes the answer."""
        return not self.fixed and not self.elsewhere and self.type not in {FieldType.FILES, FieldType.CONSENTS}

    @property
    def stored_as(self) -> str:
        """The column of the storage."""
        return self.source or self.name

    def is_begun(self, answer: Any) -> bool:
        """Tell whether somebody has answered: what stood in a new draft is nobody's answer."""
        return is_filled(answer) and answer != self.prefilled and not self.fixed


def _choices(options: tuple[tuple[str, str], ...], vocabulary: str, levels: int) -> list[Choice]:
    if options:
        return [Choice(value, label) for value, label in options]
    return vocabulary_choices(vocabulary, levels) if vocabulary else []


@dataclass(frozen=True)
class Step:
    """A page of a form; `minutes` is how long it takes somebody who has the facts at hand."""

    key: str
    title: str
    fields: tuple[Field, ...] = ()
    intro: str = ""
    minutes: int = 0


class Missing(NamedTuple):
    """What keeps a form from being sent, in words; `field` is where it is mended."""

    step: Step
    field: Field
    words: str


class AnswerStore(Protocol):
    """Where the answers of a form lie."""

    def read(self, draft: Any, fields: Iterable[Field]) -> dict[str, Any]:
        """Return the answers to `fields` as plain JSON values by name."""

    def write(self, draft: Any, answers: Mapping[Field, Any]) -> dict[str, Any]:
        """Put answers into `draft`; return the columns to be saved with their values."""


Check = Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]  # answers → (name of a field, words)


@dataclass(frozen=True)
class FormSpec:
    """A form of one procedure in one version. `checks` look across fields before sending."""

    key: str
    version: int
    title: str
    steps: tuple[Step, ...]
    store: AnswerStore
    checks: tuple[Check, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        names = [one.name for one in self.fields]
        doubled = {name for name in names if names.count(name) > 1}
        if doubled:
            raise FormError(f"Поле встречается дважды: {', '.join(sorted(doubled))}.")
        for one in self.fields:
            unknown = (fields_of(one.required_when) if one.required_when else set()) - set(names)
            if unknown:
                raise FormError(f"Условие поля «{one.name}» смотрит на неизвестное: {', '.join(sorted(unknown))}.")

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the steps."""
        return tuple(one for step in self.steps for one in step.fields)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Fields by their names."""
        return {one.name: one for one in self.fields}

    @cached_property
    def step_by_key(self) -> Mapping[str, Step]:
        """Steps by their keys."""
        return {step.key: step for step in self.steps}

    def step_of(self, name: str) -> Step:
        """Return the step with the field of this name. Raises KeyError for an unknown one."""
        one = self.by_name[name]
        return next(step for step in self.steps if one in step.fields)

    def answers(self, draft: Any, *, reader: str | None = None) -> dict[str, Any]:
        """Return all answers as plain JSON values, or only those that `reader` may see."""
        return self.store.read(draft, [one for one in self.fields if reader is None or reader in one.visible_to])

    def missing(self, draft: Any, answers: Mapping[str, Any] | None = None) -> list[Missing]:
        """Return what must be mended before sending; `answers` spare a reading."""
        from portal.intake.forms.completeness import missing_in  # noqa: PLC0415 (it reads the classes above)

        return missing_in(self, self.answers(draft) if answers is None else answers, getattr(draft, "typed", {}))

    def step_states(
        self, draft: Any, answers: Mapping[str, Any] | None = None, lacking: Iterable[Missing] | None = None
    ) -> dict[str, StepState]:
        """Return the state of every step by its key; a step without fields is ready when the whole form is."""
        answers = self.answers(draft) if answers is None else answers
        faulty = [one.step.key for one in (self.missing(draft, answers) if lacking is None else lacking)]
        typed = getattr(draft, "typed", {})
        return {step.key: _state(step, answers, typed, faulty) for step in self.steps}

    def prefill(self, draft: Any) -> dict[str, Any]:
        """Put what stands in every new draft into `draft`, which has been saved; return the columns to be saved."""
        return self.store.write(draft, {one: one.prefilled for one in self.fields if one.prefilled is not None})


def _state(step: Step, answers: Mapping[str, Any], typed: Mapping[str, Any], faulty: list[str]) -> StepState:
    if not step.fields:
        return StepState.NEW if faulty else StepState.READY
    begun = any(one.name in typed or one.is_begun(answers.get(one.name)) for one in step.fields)
    if step.key not in faulty and (begun or not any(one.required or one.required_when for one in step.fields)):
        return StepState.READY if begun else StepState.NEW
    return StepState.BEGUN if begun else StepState.NEW
