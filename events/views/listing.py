"""The list of events and what it shares with the calendar, as values for their templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from events.domain import words
from events.domain.agenda import FACETS, agenda
from events.domain.rows import rows
from events.domain.selection import COMING, PAST, Selection, select
from events.enums import SECTION_URL
from events.forms import CALENDAR, SORTS, WHOLE, EventListForm
from events.views.chips import chips
from events.views.month import month_context
from portal.core.exports import FORMATS
from portal.core.listing import address, page_links, plural, without

PER_PAGE = 15
SHOWN = {"tag": 10, "deficit": 6}  # of long dictionaries the most used values: a page has eight kilobytes
_SELECTS = {"municipality": "Все муниципалитеты", "month": "Все месяцы"}
_OPEN = {"kind", "format", "municipality", "month"}


def is_calendar(request: HttpRequest) -> bool:
    """Tell whether the calendar is asked for instead of the list."""
    return CALENDAR in request.GET.getlist("view")


def list_context(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the list or of the calendar for the filters in the address."""
    form = EventListForm(request.GET, agenda=agenda())
    common = {
        "subscription_url": address(reverse("events_calendar"), form.choice_params),
        "calendar_url": address(SECTION_URL, [("view", CALENDAR), *without(form.choice_params, "month")]),
        "list_url": address(SECTION_URL, form.params),
        "section_url": SECTION_URL,
    }
    return {**common, **(month_context(form) if form.is_calendar else _list(form))}


def _list(form: EventListForm) -> dict[str, Any]:
    selection = select(form.filters)
    params = form.params
    links = page_links(SECTION_URL, params, number=form.cleaned_data["page"], total=selection.total, per_page=PER_PAGE)
    paged = [("page", str(links.number))] if links.number > 1 else []
    plain = [] if form.choice_params or "sort" in dict(params) else params
    return {
        "tabs": _tabs(selection, form),
        "rows": rows(selection.events(links.start, links.stop)),
        "links": links,
        "total_words": words.event_words(selection.total),
        "facets": list(_facets(selection, form)),
        "filters": list(chips(form)),
        "reset_url": address(SECTION_URL, [("when", PAST)] if form.when == PAST else []),
        "sorts": [{"value": key, "label": label, "checked": key == form.sort} for key, label in SORTS.items()],
        "is_past": form.when == PAST,
        "empty": None if selection.total else _empty(selection, form),
        "exports": [
            {"label": fmt.upper(), "url": address(reverse("event_export", args=[fmt]), params)} for fmt in FORMATS
        ],
        "canonical": settings.SITE_URL + address(SECTION_URL, [*plain, *paged] if plain == params else []),
        "noindex": plain != params,
    }


def _tabs(selection: Selection, form: EventListForm) -> list[dict[str, Any]]:
    """Coming and past events with their numbers under the same choices, and the calendar."""
    here, there = selection.total, selection.elsewhere
    coming, past = (there, here) if form.when == PAST else (here, there)
    chosen = form.choice_params
    return [
        {"label": "Предстоящие", "url": address(SECTION_URL, chosen), "count": coming, "current": form.when == COMING},
        {
            "label": "Архив",
            "url": address(SECTION_URL, [("when", PAST), *chosen]),
            "count": past,
            "current": form.when == PAST,
        },
        {
            "label": "Календарь",
            "url": address(SECTION_URL, [("view", CALENDAR), *without(chosen, "month")]),
            "count": None,
            "current": False,
        },
    ]


def _facets(selection: Selection, form: EventListForm) -> Iterator[dict[str, Any]]:
    counts = selection.counts()
    whole = form.cleaned_data["all"]
    for name, title in FACETS.items():
        chosen = form.choices.get(name, ())
        options = selection.agenda.options[name]
        used = [value for value in options if counts[name].get(value) or value in chosen]
        shown = used
        if name in SHOWN and name not in whole:
            best = sorted(used, key=lambda value: (-counts[name].get(value, 0), value))[: SHOWN[name]]
            shown = list(dict.fromkeys([*best, *chosen]))
        if not shown:
            continue
        is_select = name in _SELECTS
        yield {
            "name": name,
            "title": title,
            "options": [
                {
                    "value": value,
                    "label": options[value],
                    "count": counts[name].get(value, 0),
                    # A select has one choice: of several in the address it shows the last, the others stay beside it.
                    "checked": value in (chosen[-1:] if is_select else chosen),
                }
                for value in shown
            ],
            "open": name in _OPEN or bool(chosen) or name in whole,
            "kind": "select" if is_select else "",
            "any": _SELECTS.get(name, ""),
            "chosen": len(chosen),
            "hidden": chosen[:-1] if is_select else (),
            "more": WHOLE.get(name, "") if len(shown) < len(used) else "",
            "whole": name in whole,
        }


def _empty(selection: Selection, form: EventListForm) -> dict[str, Any]:
    """Return what to say about an empty list: the other half, the filter that empties it, a way out."""
    past = form.when == PAST
    other = {
        "label": "Предстоящие события" if past else "Открыть архив",
        "url": address(SECTION_URL, [*([] if past else [("when", PAST)]), *form.choice_params]),
    }
    if selection.elsewhere:
        found = words.event_words(selection.elsewhere)
        where = "среди предстоящих" if past else "в архиве"
        return {
            "title": "Прошедших событий не нашлось" if past else "Предстоящих событий не нашлось",
            "text": f"Но {where} есть {found}.",
            "action": other,
        }
    relief = selection.relief()
    if relief is not None:
        labels = selection.agenda.options[relief.facet]
        chosen = ", ".join(labels[value] for value in form.choices[relief.facet])
        return {
            "title": "Ничего не нашлось",
            "text": f"Список опустошает фильтр «{FACETS[relief.facet]}: {chosen}». Без него "
            f"{plural(relief.count, 'найдётся', 'найдутся', 'найдётся')} {words.event_words(relief.count)}.",
            "filters": [{"label": chosen, "url": address(SECTION_URL, without(form.params, relief.facet))}],
        }
    if form.choices:
        return {
            "title": "Ничего не нашлось",
            "text": "Снимите часть фильтров или посмотрите все события.",
            "action": {"label": "Все события", "url": SECTION_URL},
        }
    return {
        "title": "Архив пока пуст" if past else "Событий пока нет",
        "text": "Новые события появятся здесь; подпишитесь на календарь, чтобы не пропустить.",
    }
