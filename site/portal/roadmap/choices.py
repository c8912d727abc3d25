"""Items of plans as choices of a form: read once per version, whatever number of rows asks for them."""

from __future__ import annotations

from typing import Any

from django.forms import Select
from django.utils import timezone
from django.utils.choices import CallableChoiceIterator
from django.utils.text import Truncator

from portal.core import versions
from portal.roadmap.models import PlanItem

WORDS = 80  # characters of an item's name in a list
Choices = list[tuple[str, Any]]


def _build() -> Choices:
    today = timezone.localdate()
    items = PlanItem.objects.select_related("plan").order_by("position")
    plans: dict[int, tuple[tuple[bool, int], str, list[tuple[str, str]]]] = {}
    for item in items:
        plan = item.plan
        is_past = plan.is_archived or plan.ends_on < today
        order = (is_past, -plan.starts_on.toordinal())
        _order, _title, rows = plans.setdefault(plan.pk, (order, plan.title, []))
        rows.append((str(item.pk), f"{item.label} · {Truncator(item.title).chars(WORDS)}"))
    return [(title, rows) for _order, title, rows in sorted(plans.values(), key=lambda plan: plan[:2])]


def item_choices() -> Choices:
    """Return items grouped by plan for a select, plans that go on now first: «15 · Горизонтальное обучение…»."""
    return [("", "Выберите пункт"), *versions.cached("roadmap-item-choices", _build)]


class ItemSelect(Select):
    """A select of items that shares one list between all rows of a form; the field's own list is never read."""

    @property
    def choices(self) -> Any:
        return CallableChoiceIterator(item_choices)

    @choices.setter
    def choices(self, value: Any) -> None:
        """Fields hand their querysets to their widgets; each would be read anew for each row."""
