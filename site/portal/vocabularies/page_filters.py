"""Filters by dictionaries and topics for lists of pages in the admin."""

from __future__ import annotations

import django_filters
from django.forms import Select

from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term


def term_filter(label: str, vocabulary: Vocabulary, *, field_name: str | None = None) -> django_filters.Filter:
    """Return a filter by a value of `vocabulary`; `field_name` where it is not the name of the filter."""
    return django_filters.ModelChoiceFilter(
        label=label,
        field_name=field_name,
        queryset=lambda request: Term.objects.of(vocabulary),
        empty_label="Все",
        widget=Select,
    )


def topic_filter(used_by: str) -> django_filters.Filter:
    """Return a filter by topic that offers those in use; `used_by` is the relation from a topic to its pages."""
    return django_filters.ModelChoiceFilter(
        label="Тема",
        field_name="tagged_items__tag",
        queryset=lambda request: Tag.objects.filter(**{f"{used_by}__isnull": False}).distinct(),
        empty_label="Все",
        widget=Select,
    )
