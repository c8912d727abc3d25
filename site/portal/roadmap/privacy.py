"""What the roadmap holds of people: the persons whom approved documents name (see `portal.core.privacy`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from portal.core import privacy
from portal.roadmap.models import PartyPerson, PlanItem


def _people(person: privacy.Person) -> QuerySet[PartyPerson]:
    """Documents write a surname with initials: «Иванова А.П.»."""
    user = person.user
    if user is None or not (user.last_name and user.first_name):
        return PartyPerson.objects.none()
    return PartyPerson.objects.filter(name__startswith=f"{user.last_name} {user.first_name[0]}.")


def _hide(person: privacy.Person) -> Iterable[str]:
    if count := _people(person).filter(is_public=True).update(is_public=False):
        yield f"вместо имени в дорожной карте стоит должность: {count}"


def _erase(person: privacy.Person) -> Iterable[str]:
    for named in _people(person):
        words = named.position or str(named.party)
        for item in PlanItem.objects.filter(responsible__person=named):
            item.responsible_text = item.responsible_text.replace(named.name, words)
            item.save(update_fields=["responsible_text"])
        named.delete()
        yield f"имя в дорожной карте заменено словами «{words}»"


privacy.register(PartyPerson, find=_people, hide=_hide, erase=_erase, label="Лица из дорожной карты")
