"""What the home page shows: areas with numbers, what is on now, the roadmap, the newest practices, news."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from contests.domain import queries as contests
from events.domain import queries as events
from portal.core import versions
from portal.core.listing import address, plural
from portal.home.models import HomePage
from portal.news import queries as news
from portal.roadmap.queries import running_plan
from portal.roadmap.views.plan import legend, marked
from portal.vocabularies import choices
from portal.vocabularies.enums import Vocabulary
from practices.domain import cards, catalogue, queries

NEW_PRACTICES = 3
NEWS = 4
CONTESTS = EVENTS = 3
_PRACTICES = "/practices/"
_NOUN = ("практика", "практики", "практик")


def front(page: HomePage) -> dict[str, Any]:
    """Return the context of the home page."""
    visible = catalogue.catalogue().visible().bit_count()
    words = [word.strip() for word in page.popular_queries.split(",") if word.strip()]
    return {
        "lead": page.hero_text,
        "popular": [{"label": word, "url": address(_PRACTICES, [("q", word)])} for word in words],
        "tiles": _tiles(),
        "contests": contests.current(CONTESTS),
        "events": events.coming(EVENTS),
        # The day is in the key: terms of items pass at midnight.
        "road": versions.cached(f"home-road:{timezone.localdate()}", _road),
        "practices": cards.tiles(queries.newest(NEW_PRACTICES)),
        "total_words": f"Все {visible} {plural(visible, *_NOUN)}" if visible > 1 else "Весь банк практик",
        "figures": _figures(visible),
        "news": news.newest(NEWS),
        "action": {"label": "Написать редакции", "url": reverse("feedback")},
    }


def _road() -> dict[str, Any]:
    """Return the plan of today as values of `home/components/road.html`, empty where none is public."""
    plan = running_plan()
    if plan is None or not plan.items:
        return {}
    blocks = [marked(item) for item in plan.items]
    return {
        "title": f"{plan.done} из {plan.total} {plural(plan.total, 'пункта', 'пунктов', 'пунктов')} выполнено",
        "text": f"{plan.title}: каждый пункт ведёт к событиям, документам и практикам, которыми он подтверждён.",
        "url": plan.url,
        "legend": legend(blocks),
        "blocks": blocks,
    }


def _tiles() -> list[dict[str, Any]]:
    """A tile for each educational area, and one for practices outside the areas when there are such."""
    counts = queries.counts("area")
    tiles = [
        {
            "area": area.data.get("figure", "none"),
            "label": area.label,
            "count": counts.get(area.slug, 0),
            "noun": plural(counts.get(area.slug, 0), *_NOUN),
            "url": address(_PRACTICES, [("area", area.slug)]),
        }
        for area in choices.terms(Vocabulary.AREA)
        if not area.parent_slug
    ]
    kinds = queries.counts("kind")
    managerial = [
        kind for kind in choices.terms(Vocabulary.KIND) if kind.slug in {"upravlencheskaya", "metodicheskaya"}
    ]
    number = queries.count_with({"kind": [kind.slug for kind in managerial]}) if managerial and kinds else 0
    if number:
        tiles.append(
            {
                "area": "none",
                "label": "Управление и методика",
                "count": number,
                "noun": plural(number, *_NOUN),
                "url": address(_PRACTICES, [("kind", kind.slug) for kind in managerial]),
            }
        )
    return tiles


def _figures(practices: int) -> list[dict[str, Any]]:
    places = {value for value in queries.counts("municipality") if value}
    districts = {slug for slug, option in catalogue.catalogue().options["municipality"].items() if option.inside}
    municipalities = len(places - districts)
    topics = len(queries.counts("tag"))
    if practices < 2:
        return []
    return [
        {"value": practices, "label": plural(practices, "практика", "практики", "практик") + " в банке"},
        {
            "value": municipalities,
            "label": plural(municipalities, "муниципалитет", "муниципалитета", "муниципалитетов"),
        },
        {"value": topics, "label": plural(topics, "тема", "темы", "тем")},
    ]
