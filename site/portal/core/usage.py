"""Where a value of a dictionary is used: counts for lists of the admin, and the refusal to delete what is in use.

Uses are found from the model itself: every key to it, every many-to-many table, of whatever app above.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CASCADE,
    Count,
    F,
    ForeignKey,
    IntegerField,
    ManyToOneRel,
    Model,
    OuterRef,
    ProtectedError,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from wagtail.models import Page

from portal.core import publicity
from portal.core.listing import plural


@dataclass(frozen=True)
class Use:
    """One way of being used: rows of `model` whose key `field` points here; `page` leads from a row to its page."""

    model: type[Model]
    field: str
    page: str | None  # "" when the row is a page itself, None when no page is concerned

    def rows(self, *, public: bool) -> QuerySet:
        """Rows of this use; of pages and their parts only what visitors may read when `public`."""
        rows = self.model._default_manager.order_by()
        if not public or self.page is None:
            return rows
        return publicity.public(rows, prefix=f"{self.page}__" if self.page else "")

    @property
    def unit(self) -> str:
        """What is counted once: the page, or the row."""
        return f"{self.page}_id" if self.page else "pk"


@dataclass(frozen=True)
class Usage:
    """How often one value is used: on pages (all and public ones) and in other records."""

    pages: int
    public_pages: int
    records: int

    @property
    def total(self) -> int:
        """All uses together."""
        return self.pages + self.records

    def sentence(self) -> str:
        """«указано на 5 страницах (опубликовано 3) и в 2 записях»."""
        parts = []
        if self.pages:
            noun = plural(self.pages, "странице", "страницах", "страницах")
            parts.append(f"на {self.pages} {noun} (опубликовано: {self.public_pages})")
        if self.records:
            noun = plural(self.records, "записи", "записях", "записях")
            parts.append(f"в {self.records} {noun} справочников")
        return "указано " + " и ".join(parts) if parts else "нигде не указано"


def uses(model: type[Model]) -> Iterator[Use]:
    """Every way in which rows of `model` are used; a part that dies with its whole (a synonym) is no use."""
    concrete = model._meta.concrete_model or model
    for relation in concrete._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model._meta.proxy:
            continue
        related: type[Model] = relation.related_model
        page = _page_path(related, relation.field)
        is_link = related._meta.auto_created or page is not None
        if relation.on_delete is CASCADE and not is_link:
            continue
        yield Use(related, relation.field.name, page)


def _page_path(model: type[Model], own: Any) -> str | None:
    if issubclass(model, Page):
        return ""
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and field is not own and issubclass(field.related_model, Page):
            return field.name
    return None


def annotate_usage(queryset: QuerySet) -> QuerySet:
    """Add `usage_all` and `usage_public` (pages and records together) to every row, in the same query."""
    for name, public in (("usage_all", False), ("usage_public", True)):
        total: Any = None
        for use in uses(queryset.model):
            counted = (
                use.rows(public=public)
                .filter(**{use.field: OuterRef("pk")})
                .values(use.field)
                .annotate(_n=Count(use.unit, distinct=True))
                .values("_n")
            )
            part = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
            total = part if total is None else total + part
        queryset = queryset.annotate(**{name: total if total is not None else F("pk") * 0})
    return queryset


def usage_of(instance: Model) -> Usage:
    """Return how often `instance` is used."""
    pages = public_pages = records = 0
    for use in uses(type(instance)):

        def count(public: bool, use: Use = use) -> int:
            rows = use.rows(public=public).filter(**{use.field: instance.pk})
            return rows.aggregate(n=Count(use.unit, distinct=True))["n"]

        if use.page is None:
            records += count(False)
        else:
            pages += count(False)
            public_pages += count(True)
    return Usage(pages, public_pages, records)


def refuse_if_used(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Raise ProtectedError with a sentence for people when `instance` is in use; a receiver of `pre_delete`."""
    usage = usage_of(instance)
    if usage.total:
        raise ProtectedError(f"«{instance}» нельзя удалить: {usage.sentence()}.", {instance})
