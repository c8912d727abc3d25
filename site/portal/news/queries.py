"""Reads of the news."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.template.defaultfilters import date as format_date
from django.template.loader import render_to_string

from contests.domain import queries as contest_queries
from events.domain.queries import by_ids as events_by_ids
from events.domain.rows import rows as event_rows
from portal.core import versions
from portal.core.publicity import public
from portal.news.forms import NewsFilter
from portal.news.models import NewsPage, TaggedNews
from portal.vocabularies.models import Tag


def published() -> QuerySet[NewsPage]:
    """News that any visitor may read, newest first."""
    return public(NewsPage.objects.all()).order_by("-date", "-pk")


def for_list(queryset: QuerySet[NewsPage], *, pictures: bool = True) -> QuerySet[NewsPage]:
    """`queryset` with what a row of a list shows, without bodies; `pictures` with covers as they are drawn."""
    found = queryset.select_related("category").defer("body", "search_description")
    return found.select_related("cover").prefetch_related("cover__renditions") if pictures else found


def matching(chosen: NewsFilter) -> QuerySet[NewsPage]:
    """Public news of the chosen category and topic."""
    found = published()
    if chosen.category:
        found = found.filter(category=chosen.category)
    if chosen.tag:
        found = _tagged(found, chosen.tag)
    return found


def _categories() -> list[dict[str, Any]]:
    rows = (
        published()
        .exclude(category=None)
        .order_by()
        .values("category__slug", "category__title", "category__order")
        .annotate(number=Count("pk"))
    )
    ordered = sorted(rows, key=lambda row: row["category__order"])
    return [{"slug": row["category__slug"], "title": row["category__title"], "count": row["number"]} for row in ordered]


def categories() -> list[dict[str, Any]]:
    """Categories that have public news: slug, title, count."""
    return versions.cached("news-categories", _categories)


def count(chosen: NewsFilter) -> int:
    """How many public news the filter leaves."""
    name = ":".join(("news-count", *(f"{key}={value}" for key, value in chosen.params)))
    return versions.cached(name, lambda: matching(chosen).count())


def rows(queryset: QuerySet[NewsPage], *, pictures: bool = False) -> list[dict[str, Any]]:
    """Values of `components/news.html` for each news item of `queryset`; only the whole list has pictures."""
    return [
        {
            "title": page.title,
            "url": f"/news/{page.slug}/",
            "date": format_date(page.date, "j E Y"),
            "date_iso": page.date.isoformat(),
            "topic": page.category.label if page.category else "",
            "summary": page.summary,
            "picture": render_to_string("news/cover_small.html", {"image": page.cover})
            if pictures and page.cover
            else "",
        }
        for page in for_list(queryset, pictures=pictures)
    ]


def page_rows(chosen: NewsFilter, start: int, stop: int) -> list[dict[str, Any]]:
    """Rows of the news number `start` … `stop` - 1 that the filter leaves."""
    name = ":".join(("news-rows", f"{start}-{stop}", *(f"{key}={value}" for key, value in chosen.params)))
    return versions.cached(name, lambda: rows(matching(chosen)[start:stop], pictures=True))


def others(page: NewsPage, number: int = 3) -> list[dict[str, Any]]:
    """The newest public news beside `page`, as rows of a list."""
    return versions.cached(f"news-others:{page.pk}", lambda: rows(published().exclude(pk=page.pk)[:number]))


def newest(number: int) -> list[dict[str, Any]]:
    """The newest public news as rows of a list."""
    return versions.cached(f"news-newest:{number}", lambda: rows(published()[:number]))


def about(page_id: int, number: int = 6) -> list[dict[str, Any]]:
    """The newest public news about an event or a contest, as rows of a list."""
    subject = Q(event_id=page_id) | Q(contest_id=page_id)
    return versions.cached(f"news-about:{page_id}", lambda: rows(published().filter(subject)[:number]))


def of_topic(tag: Tag, number: int = 3) -> list[dict[str, Any]]:
    """The newest public news of a topic, as rows of a list."""
    return versions.cached(f"news-topic:{tag.pk}", lambda: rows(_tagged(published(), tag)[:number]))


def topics() -> dict[str, int]:
    """Numbers of public news by topic."""
    return versions.cached("news-topics", _topics)


def _topics() -> dict[str, int]:
    used = TaggedNews.objects.filter(content_object__in=published().order_by())
    return dict(used.values_list("tag__slug").annotate(Count("pk")).order_by())


def _tagged(queryset: QuerySet[NewsPage], tag: Tag) -> QuerySet[NewsPage]:
    return queryset.filter(pk__in=tag.news_items.values("content_object_id"))


def subjects(page: NewsPage) -> dict[str, list[dict[str, Any]]]:
    """The event and the contest that `page` tells of, as rows of their lists, as far as visitors may read them."""
    events = event_rows(found) if page.event_id and (found := events_by_ids([page.event_id])) else []
    contests = contest_queries.by_ids([page.contest_id]) if page.contest_id else []
    return {"events": events, "contests": contests}
