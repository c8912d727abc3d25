"""What intake itself holds of people (see `portal.core.privacy`); rows of applications are registered by their rooms."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from portal.core import privacy
from portal.intake.models import Presence


def _seen(person: privacy.Person) -> QuerySet[Presence]:
    return Presence.objects.filter(user=person.user) if person.user else Presence.objects.none()


def _erase_seen(person: privacy.Person) -> Iterable[str]:
    if count := _seen(person).delete()[0]:
        yield f"отметки присутствия стёрты: {count}"


privacy.register(Presence, find=_seen, hide=privacy.nothing, erase=_erase_seen, label="Кто правит черновики")
