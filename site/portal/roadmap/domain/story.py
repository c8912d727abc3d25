"""The story of an item: what proves it, in the order of dates; what was unpublished is told without its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from portal.core import publicity
from portal.core.sites import address_path
from portal.roadmap.domain import chronicle
from portal.roadmap.domain.progress import standing
from portal.roadmap.enums import ChangeKind, FactState
from portal.roadmap.models import Fact, PlanChange

MOST_AHEAD = 30


@dataclass(frozen=True)
class Telling:
    """One dated update. What was taken down has its day alone: no title, address or file."""

    on: dt.date
    is_withdrawn: bool
    is_counted: bool
    amount: int
    title: str = ""
    url: str = ""
    kind: str = ""
    text: str = ""
    image: Any = None
    image_alt: str = ""
    document: Any = None


def told_facts(facts: QuerySet[Fact], *, today: dt.date) -> QuerySet[Fact]:
    """Return those of `facts` that the public is told of by `today`, each knowing whether it stands.

    An update waits for its hour; what the owner refused to count is no evidence; an announcement that was taken down
    leaves no trace.
    """
    is_standing = Q(is_withdrawn=False) & (Q(page=None) | publicity.public_condition("page__"))
    return (
        facts.filter(_is_told(today))
        .annotate(is_standing=ExpressionWrapper(is_standing, output_field=BooleanField()))
        .order_by("on", "pk")
    )


def _is_told(today: dt.date) -> Q:
    is_time = Q(shown_from=None) | Q(shown_from__lte=timezone.now())
    return is_time & Q(on__lte=today) & ~Q(state=FactState.REFUSED)


def _is_ahead(today: dt.date) -> Q:
    stands = Q(is_withdrawn=False) & (Q(page=None) | publicity.public_condition("page__"))
    return stands & Q(on__gt=today) & ~Q(state=FactState.REFUSED)


def numbers(facts: QuerySet[Fact], *, today: dt.date) -> tuple[int, int]:
    """Return how many of `facts` are told of and how many are announced: one query."""
    counted = facts.aggregate(told=Count("pk", filter=_is_told(today)), ahead=Count("pk", filter=_is_ahead(today)))
    return counted["told"], counted["ahead"]


def ahead(facts: QuerySet[Fact], *, today: dt.date) -> list[Telling]:
    """Return the announced ones of `facts`: published, their day is still to come."""
    coming = standing(facts).filter(_is_ahead(today)).order_by("on", "pk")
    return tell(_with_sources(coming)[:MOST_AHEAD])


def tellings(facts: QuerySet[Fact], start: int, stop: int) -> list[Telling]:
    """Return number `start` … `stop` - 1 of `told_facts` as they are told."""
    return tell(_with_sources(facts)[start:stop])


def _with_sources(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    return facts.select_related("page", "image", "document").prefetch_related("image__renditions")


def tell(facts: Iterable[Fact]) -> list[Telling]:
    """Return facts in words; the caller has read their pages, pictures and files."""
    path_of = address_path()
    return [_tell(fact, path_of) for fact in facts]


def _tell(fact: Fact, path_of: Any) -> Telling:
    if not getattr(fact, "is_standing", True):
        return Telling(on=fact.on, is_withdrawn=True, is_counted=False, amount=fact.amount)
    page = fact.page
    page_model = page.cached_content_type.model_class() if page else None
    return Telling(
        on=fact.on,
        is_withdrawn=False,
        is_counted=fact.state == FactState.CONFIRMED,
        amount=fact.amount,
        title=page.title if page else fact.title,
        url=path_of(page.url_path) if page else "",
        kind=str(page_model._meta.verbose_name) if page_model else "сообщение ответственного",
        text=fact.text,
        image=fact.image,
        image_alt=fact.image_alt,
        document=fact.document,
    )


@dataclass(frozen=True)
class Moved:
    """A change that the public sees: «было/стало» in words, why and by which order; never by whom."""

    on: dt.date
    words: str
    reason: str
    order: str


def history(item_id: int) -> list[Moved]:
    """Return the changes of dates and statuses of an item, the latest first."""
    kinds = [ChangeKind.DATES, ChangeKind.STATUS]
    return [_moved(change) for change in PlanChange.objects.filter(item_id=item_id, kind__in=kinds)]


def _moved(change: PlanChange) -> Moved:
    order = ""
    if change.order_number:
        number = change.order_number if change.order_number.startswith("№") else f"№ {change.order_number}"
        order = f"приказ {number}" + (f" от {change.order_date:%d.%m.%Y}" if change.order_date else "")
    words = chronicle.words(change)
    return Moved(timezone.localdate(change.made_at), f"{words[:1].upper()}{words[1:]}", change.reason, order)
