"""What the search box suggests: topics with their numbers, municipalities, organisations, titles of practices and events."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain.agenda import agenda
from portal.core import versions
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.models import TagAlias
from practices.domain import queries
from practices.domain.catalogue import catalogue
from practices.domain.changes import practices_version
from practices.enums import SECTION_URL
from practices.models import PracticePage
from search.engines.prefixes import PrefixIndex

LONGEST = 100  # characters of what was typed
_SHARES = (("тема", 4), ("муниципалитет", 2), ("организация", 3), ("практика", 4), ("событие", 2))  # the words people see
MOST = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line under the search box."""

    text: str
    url: str
    kind: str
    pk: int = 0


def suggest(typed: str) -> list[Suggestion]:
    """Return at most ten suggestions for what was typed; no query while nothing in the bank changes."""
    indexes = {**_memo.get(), "событие": _events.get()}
    text = typed[:LONGEST]
    found = catalogue()
    visible = found.visible()
    events = agenda()
    result: list[Suggestion] = []
    for kind, share in _SHARES:
        for item in indexes[kind].find(text, share):
            expired = kind == "практика" and not found.index.bitmap([item.pk]) & visible
            expired |= kind == "событие" and not events.index.bitmap([item.pk]) & events.visible()
            if item not in result and not expired:
                result.append(item)
    return result[:MOST]


def _build() -> dict[str, PrefixIndex[Suggestion]]:
    topics = sorted(queries.topics(), key=lambda topic: -topic.count)
    by_slug = {topic.slug: Suggestion(f"{topic.name} ({topic.count})", topic.url, "тема") for topic in topics}
    names = [(topic.name, by_slug[topic.slug]) for topic in topics]
    aliases = TagAlias.objects.values_list("name", "tag__slug")
    names += [(name, by_slug[slug]) for name, slug in aliases if slug in by_slug]
    places = Municipality.objects.formations()
    owners = Organisation.objects.open().select_related("municipality")
    found = catalogue()
    slugs = dict(PracticePage.objects.published().values_list("pk", "slug"))
    return {
        "тема": PrefixIndex(names),
        "муниципалитет": PrefixIndex(
            (
                f"{place.short_name} {place.name}",
                Suggestion(place.short_name, place.get_absolute_url(), "муниципалитет"),
            )
            for place in places
        ),
        "организация": PrefixIndex(
            (f"{owner.short_name} {owner.name}", Suggestion(_owner(owner), owner.get_absolute_url(), "организация"))
            for owner in owners
        ),
        "практика": PrefixIndex(
            (found.titles[pk], Suggestion(found.titles[pk], f"{SECTION_URL}{slugs[pk]}/", "практика", pk))
            for pk in found.index.ids
            if pk in slugs
        ),
    }


def _owner(owner: Organisation) -> str:
    return f"{owner.short_name}, {owner.municipality.short_name}" if owner.municipality else owner.short_name


def _build_events() -> PrefixIndex[Suggestion]:
    events = reversed(agenda().events.values())  # the latest first
    return PrefixIndex((event.title, Suggestion(event.title, event.url, "событие", event.id)) for event in events)


_memo = versions.Memo("suggestions", _build, version=practices_version)
_events = versions.Memo("event-suggestions", _build_events)
