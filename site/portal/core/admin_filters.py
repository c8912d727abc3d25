"""Filters of lists in the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import RadioSelect


class YesNoFilter(django_filters.ChoiceFilter):
    """Yes or no in Russian, in the form and in the chip of the chosen value alike.

    `field_name` is a field of truth, or with `lookup_expr="isnull"` and `exclude=True` any field that is filled or not.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [("true", "Да"), ("false", "Нет")])
        kwargs.setdefault("empty_label", "Все")
        kwargs.setdefault("widget", RadioSelect)
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """Rows that answer `value`."""
        return qs if value not in {"true", "false"} else super().filter(qs, value == "true")
