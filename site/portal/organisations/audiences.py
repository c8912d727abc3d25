"""Circles of people of the registry that the office may write to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.core import audiences
from portal.core.audiences import Recipient
from portal.organisations.models import Coordination, Membership


def _of_organisations(memberships: Any) -> Iterator[Recipient]:
    rows = memberships.filter(user__is_active=True).select_related("user", "organisation").order_by("user__email", "pk")
    for row in rows:
        yield Recipient(
            row.user.email, row.user.get_short_name(), row.user_id, {"organisation": row.organisation.short_name}
        )


def heads() -> Iterator[Recipient]:
    """Yield the heads of organisations of today, each with the organisation."""
    yield from _of_organisations(Membership.objects.active().heads())


def people() -> Iterator[Recipient]:
    """Yield everybody who belongs to an organisation today, each with the organisation."""
    yield from _of_organisations(Membership.objects.active())


def coordinators() -> Iterator[Recipient]:
    """Yield the coordinators of municipalities of today, each with the municipality."""
    rows = Coordination.objects.active().filter(user__is_active=True).select_related("user", "municipality")
    for row in rows.order_by("user__email", "pk"):
        yield Recipient(row.user.email, row.user.get_short_name(), row.user_id, {"municipality": row.municipality.name})


def register() -> None:
    """Make the circles known to the office's mailings."""
    organisation = {"organisation": ("организация человека", "Детский сад «Родничок»")}
    audiences.register("heads", "Руководители организаций", heads, placeholders=organisation)
    audiences.register("people", "Все люди организаций", people, placeholders=organisation)
    municipality = {"municipality": ("муниципалитет", "Урюпинский район")}
    audiences.register("coordinators", "Координаторы муниципалитетов", coordinators, placeholders=municipality)
