"""What stands on the pages of organisations and municipalities beside practices: events, awards, documents."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from contests.domain import awards
from contests.domain.awards import Award
from events.domain import queries as events
from events.domain.queries import Found
from events.enums import SECTION_URL as EVENTS_URL
from portal.core.listing import address
from portal.directory.domain.topics import DOCUMENTS, EVENTS, number_words
from portal.documents.domain import library
from portal.documents.domain.library import Entry
from portal.documents.domain.rows import rows as document_rows
from portal.documents.enums import SECTION_URL as DOCUMENTS_URL
from portal.organisations.models import Municipality, Organisation

SHOWN = 4
AWARDS = 10
_AWARDS = ("награда", "награды", "наград")


def beside_organisation(found: Organisation) -> dict[str, dict[str, Any]]:
    """Return events that an organisation hosts or organises, its awards, documents that it issued."""
    return {
        "events": _events(events.of_organisation(found.pk, SHOWN), ""),
        "awards": _awards(awards.of_organisation(found.pk), ""),
        "documents": _documents(library.of_organisation(found.pk), address(DOCUMENTS_URL, [("issuer", found.slug)])),
    }


def beside_municipality(found: Municipality, organisations: Collection[int]) -> dict[str, dict[str, Any]]:
    """Return events in a municipality, awards of its people and organisations, documents of its `organisations`."""
    kept = [("municipality", found.slug)]
    won = [
        award
        for award in awards.awards()
        if award.organisation_id in organisations
        or (award.municipality is not None and award.municipality.slug == found.slug)
    ]
    papers = [entry for entry in library.library() if entry.organisation_id in organisations]
    return {
        "events": _events(events.of_municipality(found.slug, SHOWN), address(EVENTS_URL, kept)),
        "awards": _awards(won, address(reverse("contest_winners"), kept) if found.parent is None else ""),
        "documents": _documents(papers, ""),
    }


def _events(found: Found, url: str) -> dict[str, Any]:
    words = number_words(found.total, EVENTS)
    return {"rows": found.rows, "words": words, "url": url if found.total > SHOWN else ""}


def _awards(found: list[Award], url: str) -> dict[str, Any]:
    words = number_words(len(found), _AWARDS)
    return {"rows": found[:AWARDS], "words": words, "url": url if len(found) > AWARDS else ""}


def _documents(found: list[Entry], url: str) -> dict[str, Any]:
    words = number_words(len(found), DOCUMENTS)
    return {"rows": document_rows(found[:SHOWN]), "words": words, "url": url if len(found) > SHOWN else ""}
