"""What the search box suggests: topics with their numbers, municipalities, organisations, titles of practices and events."""

from __future__ import annotations

from collections.abc import Iterable
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
from search.engines.prefixes import Lines, PrefixIndex

PRACTICE, EVENT = "практика", "событие"
LONGEST = 100  # characters of what was typed
_SHARES = (("тема", 4), ("муниципалитет", 2), ("организация", 3), (PRACTICE, 4), (EVENT, 2))  # the words people see
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
    known: _Known = _memo.get()
    text = typed[:LONGEST]
    found = catalogue()
    visible = found.visible()
    events = agenda()
    result: list[Suggestion] = []
    for kind, share in _SHARES:
        if kind == PRACTICE:
            lines = map(_practice, known.practices.find(text, share))
            result += [line for line in lines if found.index.bitmap([line.pk]) & visible]
        elif kind == EVENT:
            lines = _events.get().find(text, share)
            result += [line for line in lines if events.index.bitmap([line.pk]) & events.visible()]
        else:
            result += dict.fromkeys(known.names[kind].find(text, share))
    return result[:MOST]


@dataclass(frozen=True)
class _Known:
    """What is looked through: few names as they are shown, and many practices, each as one line."""

    names: dict[str, PrefixIndex[Suggestion]]
    practices: PrefixIndex[str]


def _build() -> _Known:
    topics = sorted(queries.topics(), key=lambda topic: -topic.count)
    by_slug = {topic.slug: Suggestion(f"{topic.name} ({topic.count})", topic.url, "тема") for topic in topics}
    names = [(topic.name, by_slug[topic.slug]) for topic in topics]
    aliases = TagAlias.objects.values_list("name", "tag__slug")
    names += [(name, by_slug[slug]) for name, slug in aliases if slug in by_slug]
    owners = Organisation.objects.open().select_related("municipality")
    return _Known(
        names={
            "тема": _index(names),
            "муниципалитет": _index(
                (
                    f"{place.short_name} {place.name}",
                    Suggestion(place.short_name, place.get_absolute_url(), "муниципалитет"),
                )
                for place in Municipality.objects.formations()
            ),
            "организация": _index(
                (
                    f"{owner.short_name} {owner.name}",
                    Suggestion(_owner(owner), owner.get_absolute_url(), "организация"),
                )
                for owner in owners
            ),
        },
        practices=_practices(),
    )


def _index(names: Iterable[tuple[str, Suggestion]]) -> PrefixIndex[Suggestion]:
    pairs = list(names)
    return PrefixIndex([name for name, _ in pairs], [item for _, item in pairs])


def _practices() -> PrefixIndex[str]:
    """Return the practices of the bank in its order, each as «key code title»."""
    index = catalogue().index
    rows = {row[0]: row for row in PracticePage.objects.listed().values_list("pk", "slug", "title").iterator()}
    ordered = [rows[pk] for pk in index.ids if pk in rows]
    return PrefixIndex((title for _, _, title in ordered), Lines(f"{pk} {slug} {title}" for pk, slug, title in ordered))


def _practice(line: str) -> Suggestion:
    pk, slug, title = line.split(" ", 2)
    return Suggestion(title, f"{SECTION_URL}{slug}/", PRACTICE, int(pk))


def _owner(owner: Organisation) -> str:
    return f"{owner.short_name}, {owner.municipality.short_name}" if owner.municipality else owner.short_name


def _build_events() -> PrefixIndex[Suggestion]:
    events = reversed(list(agenda().events.values()))  # the latest first
    return _index((event.title, Suggestion(event.title, event.url, EVENT, event.id)) for event in events)


_memo = versions.Memo("suggestions", _build, version=practices_version)
_events = versions.Memo("event-suggestions", _build_events)
