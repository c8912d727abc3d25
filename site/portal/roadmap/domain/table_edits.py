"""An edited table of a plan: exactly what it changes, shown first, then made by the verbs of the roadmap or not at all."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.core.sheet_headers import SheetError
from portal.core.text import normalise_text, single_line
from portal.roadmap import rules
from portal.roadmap.domain import arranging, changes
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.facts import lock_items
from portal.roadmap.domain.reading import ItemView, fresh_view
from portal.roadmap.domain.sheet import COLUMNS, WORDS
from portal.roadmap.models import PlanItem, RoadmapPage

MOST_ROWS = 500
READING_SECONDS = 60
EDITABLE = (*WORDS, "starts_on", "ends_on", "planned", "unit")
ORDER = ("reason", "order_number", "order_date")
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_LONGEST = {"number_text": 20, "period_text": 200, "unit": 60, "order_number": 60}
_SHOWN_NAMES = {
    "number_text": "number", "period_text": "period", "title_text": "wording", "result_text": "result",
    "responsible_text": "responsible",
}  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """One changed cell in words."""

    row: int
    item: str
    title: str
    before: str
    after: str


@dataclass
class ItemEdit:
    """The changed cells of one item: values as JSON carries them, `was` to see later that nobody changed them since."""

    pk: int
    row: int
    was: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    order: dict[str, str] = field(default_factory=dict)


@dataclass
class Preview:
    """What a table would do: edits in words, the same for `apply`, problems by row in sentences."""

    edits: list[Edit] = field(default_factory=list)
    items: list[ItemEdit] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    unchanged: int = 0


def read_table(content: bytes) -> list[dict[str, Any]]:
    """Return the rows of an uploaded table: {"number", "values"}. Raises SheetError with a sentence for its sender."""
    asked = {
        "required": ["position"],
        "optional": [name for name in COLUMNS if name != "position"],
        "aliases": {name: [column.title] for name, column in COLUMNS.items()},
        "max_rows": MOST_ROWS,
    }
    command = [sys.executable, "-m", "portal.roadmap.plan_files.read_table", json.dumps(asked, ensure_ascii=False)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file goes through standard input
            command, input=content, capture_output=True, timeout=READING_SECONDS, check=True, env=environment
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise SheetError("Файл не удалось прочитать. Сохраните таблицу в Excel заново и загрузите её снова.") from error
    if "error" in answer:
        raise SheetError(answer["error"])
    return answer["rows"]


def preview(plan: RoadmapPage, rows: list[dict[str, Any]], *, actor: Any) -> Preview:
    """Return what `rows` would change in `plan`; nothing is changed. Cells equal but for white space are no edits."""
    shown = {item.position: item for item in fresh_view(plan).items}
    found = Preview()
    seen: set[int] = set()
    for row in rows:
        item, problem = _item(row["values"]["position"], shown, seen)
        if item is None:
            found.problems.append((row["number"], problem))
            continue
        _compare(item, row, found, actor=actor)
    return found


def _item(text: str, shown: dict[int, ItemView], seen: set[int]) -> tuple[ItemView | None, str]:
    position = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if position not in shown:
        return None, f"места «{text[:20]}» в плане нет: столбец «Место» не меняют"
    if position in seen:
        return None, f"место {position} стоит в таблице дважды"
    seen.add(position)
    return shown[position], ""


def _compare(item: ItemView, row: dict[str, Any], found: Preview, *, actor: Any) -> None:
    edit = ItemEdit(item.pk, row["number"])
    problems: list[str] = []
    for name in EDITABLE:
        try:
            was, now = _current(item, name), _value(name, row["values"][name])
        except ValueError as error:
            problems.append(f"{COLUMNS[name].title}: {error}")
            continue
        if _same(was, now):
            continue
        edit.was[name], edit.now[name] = was, now
    if edit.now and not problems:
        problems += _faults(item, edit, row["values"], actor)
    if problems:
        found.problems += [(row["number"], problem) for problem in problems]
    elif edit.now:
        found.items.append(edit)
        found.edits += [
            Edit(row["number"], item.label, COLUMNS[name].title, _words(edit.was[name]), _words(edit.now[name]))
            for name in edit.now
        ]
    else:
        found.unchanged += 1


def _current(item: ItemView, name: str) -> Any:
    value = getattr(item, _SHOWN_NAMES.get(name, name))
    return value.isoformat() if isinstance(value, dt.date) else value


def _value(name: str, text: str) -> Any:
    """Return a cell as its field holds it. Raises ValueError with the end of a sentence."""
    if name in {"starts_on", "ends_on", "order_date"}:
        return _day(text)
    if name == "planned":
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) > 0):
            raise ValueError(f"«{text[:20]}» — не целое число от единицы")
        return int(text)
    value = normalise_text(text)
    if len(value) > _LONGEST.get(name, 10_000):
        raise ValueError(f"длиннее {_LONGEST.get(name, 10_000)} знаков")
    if name == "title_text" and not value:
        raise ValueError("не может быть пустым")
    return value


def _day(text: str) -> str:
    match = _DATE.fullmatch(text.strip())
    try:
        if match:
            return dt.date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise ValueError(f"«{text[:20]}» — не дата вида 31.12.2022") from error


def _same(was: Any, now: Any) -> bool:
    if isinstance(was, str) and isinstance(now, str):
        return single_line(was) == single_line(now)
    return was == now


def _faults(item: ItemView, edit: ItemEdit, values: dict[str, str], actor: Any) -> Iterator[str]:
    """What else is wrong with the edits of one item, beside their cells."""
    begins, ends = (edit.now.get(name, _current(item, name)) for name in ("starts_on", "ends_on"))
    if ends < begins:
        yield "окончание раньше начала"
    if not rules.can_arrange_plans(actor) and any(name in edit.now for name in WORDS):
        yield "слова документа меняет только администратор"
    edit.order = {name: values[name].strip() for name in ORDER}
    moves = bool({"starts_on", "ends_on"} & edit.now.keys())
    if (moves or {"planned", "unit"} & edit.now.keys()) and not edit.order["reason"]:
        yield f"нужен столбец «{COLUMNS['reason'].title}»"
    if moves and not edit.order["order_number"]:
        yield f"для переноса сроков нужен «{COLUMNS['order_number'].title}»"
    if moves:
        try:
            edit.order["order_date"] = _day(edit.order["order_date"])
        except ValueError as error:
            yield f"{COLUMNS['order_date'].title}: {error}"


def _words(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return f"{dt.date.fromisoformat(value):%d.%m.%Y}"
    return str(value)


def apply(plan: RoadmapPage, edits: list[ItemEdit], *, actor: Any) -> int:
    """Make all `edits` or none and return of how many items; each leaves its own history.

    Raises PermissionDenied for who does not run the plan, RoadmapError when an item was changed meanwhile or a verb
    refuses.
    """
    if not rules.can_run_plan(actor, plan):
        raise PermissionDenied
    with transaction.atomic():
        items = lock_items(PlanItem.objects.filter(plan=plan).values_list("pk", flat=True))
        shown = {item.pk: item for item in fresh_view(plan).items}
        for edit in edits:
            item = items.get(edit.pk)
            if item is None or any(not _same(_current(shown[edit.pk], name), was) for name, was in edit.was.items()):
                raise RoadmapError(f"Строка {edit.row}: пункт изменили, пока вы смотрели. Загрузите таблицу снова.")
            _make(item, edit, actor)
    return len(edits)


def _make(item: PlanItem, edit: ItemEdit, actor: Any) -> None:
    now, reason = edit.now, edit.order.get("reason", "")
    words = {name: now[name] for name in WORDS if name in now}
    if words:
        arranging.edit_wording(item, actor=actor, words=words, reason=reason)
    if {"planned", "unit"} & now.keys():
        planned, unit = now.get("planned", item.planned), now.get("unit", item.unit)
        changes.set_planned(item, actor=actor, planned=planned, unit=unit, reason=reason)
    if {"starts_on", "ends_on"} & now.keys():
        changes.move_dates(
            item,
            actor=actor,
            starts_on=dt.date.fromisoformat(now["starts_on"]) if "starts_on" in now else item.starts_on,
            ends_on=dt.date.fromisoformat(now["ends_on"]) if "ends_on" in now else item.ends_on,
            reason=reason,
            order_number=edit.order["order_number"],
            order_date=dt.date.fromisoformat(edit.order["order_date"]),
        )
