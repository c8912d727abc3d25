"""Lookups by stored match keys, in place of i-lookups that SQLite does not know for Cyrillic."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from search.text import match_key


def matching(query: str, *fields: str) -> Q:
    """Return the condition that every word of `query` is part of one of the key fields, case and ё aside.

    A query without letters and digits sets no condition.
    """
    condition = Q()
    for word in match_key(query).split():
        condition &= _any(Q(**{f"{field}__contains": word}) for field in fields)
    return condition


def _any(conditions: Iterable[Q]) -> Q:
    result = Q()
    for condition in conditions:
        result |= condition
    return result


def refuse_same_name(instance: Model, field: str, others: QuerySet, *, key: str) -> None:
    """Raise ValidationError on `field` when another row of `others` has a name that differs only in spelling.

    `key` is the match key field of `others`. The database has a constraint of its own; this is the message.
    """
    value = match_key(getattr(instance, field) or "")
    if not value:
        raise ValidationError({field: "В названии должны быть буквы или цифры."})
    same = others.filter(**{key: value})
    if isinstance(instance, others.model):
        same = same.exclude(pk=instance.pk)
    found = same.first()
    if found is not None:
        name = getattr(found, field, None) or str(found)
        raise ValidationError({field: f"Такое название уже есть: «{name}»."})
