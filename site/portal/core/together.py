"""Rows of several small tables by one query: what a cold page pays for is the number of queries, not of rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import QuerySet, Value
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import JSONArray

from portal.core import versions

Row = tuple[Any, ...]
Part = tuple[QuerySet[Any, Any], tuple[str, ...]]


def read_together(*parts: Part) -> list[list[Row]]:
    """Return the rows of each part, a queryset with names of its fields (through relations too), by one query.

    The rows of a part come in no order. A row is packed into JSON by the database, so the columns of the tables need
    not match; days, moments and flags are unpacked to what the fields hold.
    """
    packed = [
        queryset.order_by().annotate(packed=JSONArray(*names)).values_list(Value(which), "packed")
        for which, (queryset, names) in enumerate(parts)
    ]
    readers = [
        [(place, read) for place, name in enumerate(names) if (read := _reader(queryset, name))]
        for queryset, names in parts
    ]
    first, *rest = packed
    found: list[list[Row]] = [[] for _ in parts]
    for which, row in first.union(*rest, all=True) if rest else first:
        for place, read in readers[which]:
            if row[place] is not None:
                row[place] = read(row[place])
        found[which].append(tuple(row))
    return found


class Together:
    """Small tables that nearly every page needs: rooms add theirs, all are read when the first is asked for.

    They are kept until something is published; what a room makes of its rows it keeps itself.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._parts: dict[str, Callable[[], Part]] = {}

    def add(self, name: str, part: Callable[[], Part]) -> Callable[[], list[Row]]:
        """Let `part` be read with the others; return the function that gives its rows."""
        self._parts[name] = part
        return lambda: self._rows(name)

    def _rows(self, name: str) -> list[Row]:
        # A command that has loaded some of the rooms keeps what it knows under a name of its own.
        names = sorted(self._parts)
        found: dict[str, list[Row]] = versions.cached(f"{self._name}:{'+'.join(names)}", self._read)
        return found[name]

    def _read(self) -> dict[str, list[Row]]:
        names = sorted(self._parts)
        return dict(zip(names, read_together(*(self._parts[name]() for name in names)), strict=True))


references = Together("references")


def _reader(queryset: QuerySet[Any, Any], name: str) -> Callable[[Any], Any] | None:
    """Return how to make of JSON what the field or the annotation holds, None where JSON says it as it is."""
    if name in queryset.query.annotations:
        field = queryset.query.annotations[name].output_field
    else:
        *relations, last = name.split(LOOKUP_SEP)
        model = queryset.model
        for relation in relations:
            model = model._meta.get_field(relation).related_model
        field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    readers: dict[type, Callable[[Any], Any]] = {
        models.DateTimeField: _moment,
        models.DateField: dt.date.fromisoformat,
        models.BooleanField: bool,
        models.JSONField: _json,
    }
    return next((read for kind, read in readers.items() if isinstance(field, kind)), None)


def _moment(text: str) -> dt.datetime:
    """Read a moment: SQLite keeps it in UTC without saying so."""
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _json(value: Any) -> Any:
    """Read a value of a JSON field: SQLite holds it as text."""
    return json.loads(value) if isinstance(value, str) else value
