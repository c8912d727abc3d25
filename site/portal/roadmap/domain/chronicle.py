"""The history of an item in words of people: every kind of change, for those who answer for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.roadmap.enums import ChangeKind, FactState, ItemStatus
from portal.roadmap.models import PlanChange, PlanItem


@dataclass(frozen=True)
class Entry:
    """One line of history: the record itself and what it says."""

    change: PlanChange
    words: str


def chronicle(item: PlanItem) -> list[Entry]:
    """Return everything that was changed in `item`, the latest first."""
    return [Entry(change, words(change)) for change in item.changes.select_related("made_by")]


def words(change: PlanChange) -> str:
    """Return «сроки: было 01.05.2022 – 31.05.2022, стало 01.06.2022 – 30.06.2022», or what happened to a fact."""
    if change.kind == ChangeKind.FACT:
        return _fact(change.before, change.after)
    told = _TOLD[ChangeKind(change.kind)]
    label = ChangeKind(change.kind).label
    before, after = told(change.before), told(change.after)
    return f"{label}: было {before}, стало {after}" if before else f"{label}: {after}"


def _fact(before: dict[str, Any], after: dict[str, Any]) -> str:
    title, amount = after.get("title", ""), after.get("amount", 0)
    if after.get("withdrawn") or before.get("state") == after.get("state"):
        return f"снят с публикации факт «{title}» ({amount})"
    return f"{FactState(after['state']).label} факт «{title}» ({amount})"


def _dates(values: dict[str, Any]) -> str:
    begins, ends = (dt.date.fromisoformat(values[name]) for name in ("starts_on", "ends_on"))
    return f"{begins:%d.%m.%Y} – {ends:%d.%m.%Y}"


def _status(values: dict[str, Any]) -> str:
    label = ItemStatus(values["status"]).label
    return f"«{label}» вручную" if values.get("by_hand") else f"«{label}»"


def _quantity(values: dict[str, Any]) -> str:
    return f"{values.get('planned') or 'один раз'} {values.get('unit', '')}".strip()


def _wording(values: dict[str, Any]) -> str:
    return "; ".join(f"«{' '.join(str(value).split())}»" for value in values.values())


def _responsible(values: dict[str, Any]) -> str:
    if "account" in values:
        return f"учётная запись № {values['account']}" if values["account"] else "ответственный за план"
    return ", ".join(values.get("parties", [])) or "никто"


_TOLD = {
    ChangeKind.DATES: _dates,
    ChangeKind.STATUS: _status,
    ChangeKind.QUANTITY: _quantity,
    ChangeKind.WORDING: _wording,
    ChangeKind.RESPONSIBLE: _responsible,
}
