"""The page of a yearly plan as values for its template."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.utils import dateformat

from events.domain import queries, words
from events.enums import SECTION_URL, PlanDelivery
from events.models import EventPlanPage, PlanDeliveryRow
from portal.roadmap.queries import items_proved_by

_STATES = {PlanDelivery.WAITING: "", PlanDelivery.SENT: "wait", PlanDelivery.RECEIVED: "run", PlanDelivery.HELD: "done"}
_FIGURES = {
    PlanDelivery.WAITING: "план не направлен",
    PlanDelivery.SENT: "план направлен",
    PlanDelivery.RECEIVED: "план получен",
    PlanDelivery.HELD: "мероприятия проведены",
}


def plan_context(page: EventPlanPage) -> dict[str, Any]:
    """Return the rows of a plan by months, the municipalities by name, and how many stand at each step."""
    rows = sorted(page.rows.all(), key=lambda row: (row.month.replace(day=1), row.sort_order or 0))
    events = {event.id: event for event in queries.by_ids([row.event_id for row in rows if row.event_id])}
    deliveries = sorted(
        page.deliveries.select_related("municipality") if page.pk else (), key=lambda row: row.municipality.name_sort
    )
    numbers = Counter(row.state for row in deliveries)
    return {
        "period": f"{words.month(page.starts_on)} – {words.month(page.ends_on)}",
        "rows": [
            {
                "month": words.month(row.month),
                "title": row.title,
                "form": row.form,
                "responsible": row.responsible,
                "url": events[row.event_id].url if row.event_id in events else "",
            }
            for row in rows
        ],
        "deliveries": [_delivery(row) for row in deliveries],
        "figures": [{"value": numbers[state], "label": _FIGURES[state]} for state in PlanDelivery if numbers[state]],
        "approved": words.day(page.approved_on) if page.approved_on else "",
        "proves": items_proved_by(page),
        "document": page.document,
        "canonical": settings.SITE_URL + f"{SECTION_URL}{page.slug}/",
    }


def _delivery(row: PlanDeliveryRow) -> dict[str, str]:
    return {
        "name": row.municipality.short_name,
        "url": row.municipality.get_absolute_url(),
        "label": row.state.label,
        "state": _STATES[row.state],
        "sent": _short(row.sent_on),
        "received": _short(row.received_on),
        "held": _short(row.held_on),
        "note": row.note,
    }


def _short(day: Any) -> str:
    return dateformat.format(day, "d.m.Y") if day else "—"
