"""The history of people: who did what with whose role, when, from what to what. Written by verbs alone."""

from __future__ import annotations

from typing import Any

from portal.organisations.enums import PeopleAction
from portal.organisations.models import Municipality, Organisation, PeopleRecord


class RefusedError(Exception):
    """A verb cannot do what was asked; its text is a sentence for the person."""


def record(
    action: PeopleAction,
    *,
    actor: Any,
    organisation: Organisation | None = None,
    municipality: Municipality | None = None,
    user: Any = None,
    email: str = "",
    source: str = "",
    target: str = "",
    comment: str = "",
) -> PeopleRecord:
    """Write a line: about whom (`user` or a mailbox), where, what was (`source`) and what is (`target`)."""
    return PeopleRecord.objects.create(
        action=action,
        actor=actor,
        organisation=organisation,
        municipality=municipality,
        user=user,
        email=email,
        source=source,
        target=target,
        comment=comment,
    )
