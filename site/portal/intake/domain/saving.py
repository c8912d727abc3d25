"""Saving a draft that several people write on several devices: joined field by field, nothing lost silently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone


class _Keep:
    """The mark of an answer that stays as it is."""


KEEP: Final = _Keep()
CONFLICT = "conflict"


class Question(Protocol):
    """What saving knows of a field of a form."""

    @property
    def name(self) -> str: ...


class Store(Protocol):
    """Where answers lie (`portal.intake.forms.storage`)."""

    def read(self, draft: Any, fields: Iterable[Any]) -> dict[str, Any]: ...

    def write(self, draft: Any, answers: Mapping[Any, Any]) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Change:
    """What a person made of one field.

    `answer` is KEEP when nothing could be made of what was `typed` ({value, words}). `seen` is the version of the field
    that the page showed. `settled`: both versions of the field were shown there, and this is the choice.
    """

    question: Any
    answer: Any
    typed: Mapping[str, Any] | None = None
    seen: int = 0
    settled: bool = False

    @property
    def wanted(self) -> Any:
        """What the person wants to stand in the field, as typed where it was not accepted."""
        return self.typed["value"] if self.typed else self.answer


@dataclass(frozen=True)
class Conflict:
    """A field that somebody else changed meanwhile: both versions, whose the other is, and which version it is."""

    question: Any
    mine: Any
    theirs: Any
    theirs_by: int | None
    version: int


@dataclass(frozen=True)
class Saved:
    """What came of a save: the draft as it is now, what was written, what both changed."""

    draft: Any
    at: datetime
    written: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = field(default=())


def save_changes(
    draft: Any,
    changes: Iterable[Change],
    *,
    store: Store,
    actor: Any,
    step: str,
    page: str,
    allowed: Callable[[Any], bool],
) -> Saved:
    """Write the changes of `actor` into a draft (`Draftable` with `snapshots`) and return what came of it.

    Under a lock of the row: a field that nobody changed since the page saw it is written; one that somebody did is not,
    and the unwritten version is kept as a snapshot and returned with the other one. A settled choice is written and the
    version that it replaces is kept. `page` names the opened page: its own earlier save, whose answer was lost on the way, is
    no foreign change. One UPDATE; the version of the draft grows when something was written. Raises
    PermissionDenied when `allowed(draft)` no longer holds: the status may have changed meanwhile.
    """
    model = type(draft)
    with transaction.atomic():
        locked = model._default_manager.select_for_update().get(pk=draft.pk)
        if not allowed(locked):
            raise PermissionDenied
        wanted = list(changes)
        standing = _standing(locked, store, [change.question for change in wanted])
        wanted = [change for change in wanted if not _stands(change, standing, locked.typed)]
        conflicts = [change for change in wanted if _is_late(change, locked, page)]
        written = [change for change in wanted if change not in conflicts]
        lost = {change.question.name: standing[change.question.name] for change in written if change.settled}
        _keep(locked, {change.question.name: change.wanted for change in conflicts}, actor.pk)
        _keep(locked, lost, None)
        now = timezone.now()
        if written:
            _write(locked, written, store=store, actor=actor, step=step, page=page, now=now)
    found = tuple(_conflict(change, locked, standing) for change in conflicts)
    return Saved(locked, now, tuple(change.question.name for change in written), found)


def _standing(draft: Any, store: Store, questions: list[Any]) -> dict[str, Any]:
    """Return what stands in the fields now, as typed where it was not accepted."""
    answers = store.read(draft, questions)
    return {name: draft.typed[name]["value"] if name in draft.typed else value for name, value in answers.items()}


def _stands(change: Change, standing: Mapping[str, Any], typed: Mapping[str, Any]) -> bool:
    """Tell whether the field says so already: no change, and no conflict either."""
    name = change.question.name
    return bool(standing[name] == change.wanted and (name in typed) == (change.typed is not None))


def _is_late(change: Change, draft: Any, page: str) -> bool:
    version, _by, own = _last(draft, change.question.name)
    return version > change.seen and (not page or own != page)


def _last(draft: Any, name: str) -> tuple[int, int | None, str]:
    version, by, page = draft.field_versions.get(name, (0, None, ""))
    return int(version), by, page


def _keep(draft: Any, answers: Mapping[str, Any], taken_by: int | None) -> None:
    """Keep what loses as a snapshot, once: a page that asks again and again with the same text adds none."""
    if not answers:
        return
    kept = draft.snapshots.filter(reason=CONFLICT, taken_by=taken_by).first()
    if kept is None or kept.answers != dict(answers):
        draft.snapshots.create(reason=CONFLICT, version=draft.version, answers=dict(answers), taken_by_id=taken_by)


def _write(draft: Any, changes: list[Change], *, store: Store, actor: Any, step: str, page: str, now: datetime) -> None:
    columns = store.write(draft, {change.question: change.answer for change in changes if change.answer is not KEEP})
    names = [change.question.name for change in changes]
    draft.version += 1
    draft.field_versions = {**draft.field_versions, **{name: [draft.version, actor.pk, page] for name in names}}
    typed = {name: kept for name, kept in draft.typed.items() if name not in names}
    draft.typed = {**typed, **{change.question.name: dict(change.typed) for change in changes if change.typed}}
    draft.changed_by, draft.changed_at, draft.changed_step = actor, now, step
    type(draft)._default_manager.filter(pk=draft.pk).update(
        **columns,
        version=draft.version,
        field_versions=draft.field_versions,
        typed=draft.typed,
        changed_by=actor,
        changed_at=now,
        changed_step=step,
    )


def _conflict(change: Change, draft: Any, standing: Mapping[str, Any]) -> Conflict:
    name = change.question.name
    version, by, _page = _last(draft, name)
    return Conflict(change.question, change.wanted, standing[name], by, version)
