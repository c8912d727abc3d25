"""What the pages of a form show."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from portal.core import moments
from portal.intake.domain import presence
from portal.intake.domain.saving import Conflict
from portal.intake.enums import FieldType, StepState
from portal.intake.forms.spec import Field, Missing, Step
from portal.intake.forms.step_form import StepForm, seen_of, shown_values
from portal.intake.forms.words import in_words
from portal.intake.views.room import Room

_MARKS = {StepState.READY: "done", StepState.BEGUN: "run", StepState.NEW: ""}


def step_context(
    room: Room,
    request: HttpRequest,
    draft: Any,
    step: Step,
    form: StepForm,
    *,
    answers: Mapping[str, Any],
    words: Mapping[str, str],
    lacking: list[Missing] | None = None,
    conflicts: Collection[Conflict] = (),
) -> dict[str, Any]:
    """Return the context of the page of a step; `words` are what is said about its fields."""
    steps = room.spec.steps
    place = steps.index(step)
    panels = conflict_panels(conflicts, request.user)
    for name, field in form.fields.items():
        field.panel = panels.get(name, "")  # type: ignore[attr-defined]
        field.criterion = room.criteria.get(field.question.criterion, "")  # type: ignore[attr-defined]
    seen = seen_of(shown_values(step, answers, draft.typed), draft.field_versions)
    others = presence.others(room.presence_name(draft), request.user)
    return {
        "draft": draft,
        "step": step,
        "number": place + 1,
        "steps": step_list(room, draft, answers, lacking),
        "form": form,
        "errors": [(one, words[one.name]) for one in step.fields if one.name in words],
        "fixed": [(one, in_words(one, answers[one.name])) for one in step.fields if one.fixed],
        "seen": json.dumps(seen),
        "page_name": request.POST.get("page") or secrets.token_hex(6),
        "settled": [conflict.question.name for conflict in conflicts],
        "conflicting": [conflict.question for conflict in conflicts],
        "here": room.address(draft, step),
        "saving": room.saving_address(draft, step),
        "home": room.home(draft),
        "previous": steps[place - 1] if place else None,
        "next": steps[place + 1] if place + 1 < len(steps) else None,
        "others": present_words(others, room, step),
        "saved": saved_words(draft),
        "part": room.parts.get(step.key, ""),
        **(room.part_context(step, draft, words) if step.key in room.parts else {}),
    }


def step_list(
    room: Room, draft: Any, answers: Mapping[str, Any], lacking: Iterable[Missing] | None = None
) -> list[dict[str, str]]:
    """Return the steps with their states and addresses."""
    states = room.spec.step_states(draft, answers, lacking)
    return [
        {
            "key": step.key,
            "title": step.title,
            "mark": _MARKS[states[step.key]],
            "state": states[step.key].label,
            "href": room.address(draft, step),
        }
        for step in room.spec.steps
    ]


def saved_words(draft: Any) -> str:
    """Return when the draft was last saved, in words."""
    if not draft.version:
        return "Ещё ничего не введено"
    day = timezone.localdate(draft.changed_at)
    when = "" if day == timezone.localdate() else f" {moments.day(day)}"
    return f"Сохранено{when} в {moments.hour(draft.changed_at)}"


def present_words(others: list[tuple[str, str]], room: Room, step: Step) -> str:
    """Return who else has the draft open, and where, as a sentence; blank when nobody has."""
    said = []
    for name, key in others:
        other = room.spec.step_by_key.get(key)
        where = "этот шаг" if key == step.key else f"шаг «{other.title}»" if other else "черновик"
        said.append(f"{name} ({where})")
    return f"Сейчас правит: {', '.join(said)}" if said else ""


def conflict_panels(conflicts: Iterable[Conflict], user: Any) -> dict[str, str]:
    """Return for every field that both changed a panel with the other version and buttons to choose."""
    found = list(conflicts)
    names = get_user_model().objects.in_bulk([one.theirs_by for one in found if one.theirs_by]) if found else {}
    return {one.question.name: _panel(one, names, user) for one in found}


def _panel(conflict: Conflict, people: Mapping[int, Any], user: Any) -> str:
    other = people.get(conflict.theirs_by or 0)
    own = conflict.theirs_by == user.pk
    context = {
        "question": conflict.question,
        "who": "в другой вкладке" if own else other.get_short_name() if other else "коллега",
        "own": own,
        "mine": said(conflict.question, conflict.mine),
        "theirs": said(conflict.question, conflict.theirs),
    }
    return render_to_string("intake/components/conflict.html", context)


def said(question: Field, value: Any) -> str:
    """Return an answer in words, one that was typed and not accepted as it was typed."""
    try:
        return in_words(question, value) or "(пусто)"
    except (ValueError, TypeError, KeyError, AttributeError):
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def closed_page(room: Room, request: HttpRequest, draft: Any, step: Step, form: StepForm) -> HttpResponse:
    """Say that the draft cannot be changed any more, with what was typed to be copied."""
    typed = [
        (field.question.label, said(field.question, form.typed_value(name)))  # type: ignore[attr-defined]
        for name, field in form.fields.items()
        if not field.disabled and field.question.type != FieldType.CHECKBOX  # type: ignore[attr-defined]
    ]
    context = {
        "draft": draft,
        "step": step,
        "words": closed_sentence(room, draft),
        "typed": [(label, words) for label, words in typed if words not in {"", "(пусто)"}],
        "home": room.home(draft),
        "check": room.address(draft, room.spec.steps[-1]),
    }
    return render(request, "intake/closed.html", context, status=409)


def closed_sentence(room: Room, draft: Any) -> str:
    """Return why nothing can be saved, read anew: the draft in hand may be older than the refusal."""
    draft.refresh_from_db(fields=["status"])
    return room.closed_words(draft) or "Изменить этот текст сейчас нельзя: обновите страницу."
