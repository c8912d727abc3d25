"""Where a consent is used: each room tells of its own places, the page «Мои согласия» shows them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db.models import ForeignKey
from wagtail.models import Page

from portal.core.models import Consent, NamedUnderConsent


@dataclass(frozen=True)
class ConsentUse:
    """One place: «Практика „Чемодан сказок“» and its address, if the person can open it."""

    label: str
    url: str = ""


# Given consents, yields pairs of a consent's number and a place, in a number of queries that does not grow with them.
UseSource = Callable[[Sequence[int]], Iterable[tuple[int, ConsentUse]]]

_sources: dict[str, UseSource] = {}


def register(name: str, source: UseSource) -> None:
    """Add a source of places; the same name again replaces it."""
    _sources[name] = source


def uses_of(consents: Iterable[Consent]) -> dict[int, list[ConsentUse]]:
    """Return the places of every consent by its number; each place once."""
    numbers = [consent.pk for consent in consents]
    found: defaultdict[int, list[ConsentUse]] = defaultdict(list)
    for source in _sources.values() if numbers else ():
        for number, use in source(numbers):
            if use not in found[number]:
                found[number].append(use)
    return dict(found)


def named_on_pages(numbers: Sequence[int]) -> Iterator[tuple[int, ConsentUse]]:
    """Rows of pages that name a person under a consent: authors of practices, winners of contests and the like."""
    for model in apps.get_models():
        if not issubclass(model, NamedUnderConsent):
            continue
        page = next((f for f in model._meta.get_fields() if _leads_to_page(f)), None)
        if page is None:
            continue
        rows = model._default_manager.filter(consent__in=numbers).select_related(page.name)
        for row in rows.order_by("pk"):
            shown: Page = getattr(row, page.name)
            label = f"{str(shown._meta.verbose_name).capitalize()} «{shown.title}»"
            yield row.consent_id or 0, ConsentUse(label, shown.get_url() or "" if shown.live else "")


def _leads_to_page(field: object) -> bool:
    return isinstance(field, ForeignKey) and issubclass(field.related_model, Page)
