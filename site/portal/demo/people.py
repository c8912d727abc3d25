"""Who of the demonstration belongs where: two kindergartens, the academy of the experts, two coordinators."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from portal.accounts.models import User
from portal.core.slugs import free_slug
from portal.demo import content
from portal.demo.accounts import DOMAIN
from portal.demo.ledger import Ledger
from portal.demo.organisations import find_organisation, free_inn
from portal.organisations.enums import MemberRole
from portal.organisations.models import Coordination, Membership, Organisation, PeopleRecord

ACADEMY = "Академия дошкольного образования (демонстрация)"
# Which of the two kindergartens, and in what role; None is the academy, which lies in no municipality.
_PLACES: dict[str, tuple[int | None, MemberRole]] = {
    "head": (0, MemberRole.HEAD),
    "author": (0, MemberRole.AUTHOR),
    "colleague": (0, MemberRole.AUTHOR),
    "expert2": (0, MemberRole.AUTHOR),  # so that the rule of conflicts is seen
    "author2": (1, MemberRole.HEAD),
    "expert1": (None, MemberRole.AUTHOR),
    "expert3": (None, MemberRole.AUTHOR),
    "expert4": (None, MemberRole.AUTHOR),
}
_COORDINATORS = {"mouo": 0, "mouo2": 1}


def load_people(ledger: Ledger) -> Iterator[str]:
    """Give the demonstration accounts their places; yield a line for what is missing."""
    with ledger.unit("organisation:academy") as due:
        if due:
            _make_academy()
    gardens = kindergartens()
    for name, (number, role) in _PLACES.items():
        with ledger.unit(f"member:{name}") as due:
            if due:
                organisation = _academy() if number is None else gardens[number]
                yield from _join(name, organisation, role)
    for name, number in _COORDINATORS.items():
        with ledger.unit(f"coordinator:{name}") as due:
            if due:
                yield from _coordinate(name, gardens[number])


def kindergartens() -> list[Organisation | None]:
    """Return the first kindergarten that has practices and the next one of another municipality."""
    active = {row["organisation"] for row in content.practices()}
    rows = [row for row in content.read("organisations") if row["slug"] in active]
    second = next(row for row in rows if row["municipality"] != rows[0]["municipality"])
    return [find_organisation(rows[0]), find_organisation(second)]


def _make_academy() -> None:
    academy = Organisation(
        name=ACADEMY,
        short_name="Академия дошкольного образования",
        slug=free_slug("akademiya", lambda slug: Organisation.objects.filter(slug=slug).exists()),
        inn=free_inn(900),
        settlement="г. Волгоград",
        head_position="Ректор",
        is_demo=True,
    )
    academy.full_clean()
    academy.save()


def _academy() -> Organisation | None:
    return Organisation.objects.filter(is_demo=True, municipality=None, name=ACADEMY).first()


def _account(name: str) -> User | None:
    return User.objects.filter(email=f"{name}@{DOMAIN}", is_demo=True).first()


def _join(name: str, organisation: Organisation | None, role: MemberRole) -> Iterator[str]:
    user = _account(name)
    if user is None or organisation is None:
        yield f"{name}@{DOMAIN}: нет учётной записи или организации, место в ней не назначено"
    elif not Membership.objects.active().filter(user=user, organisation=organisation).exists():
        Membership.objects.create(user=user, organisation=organisation, role=role)


def _coordinate(name: str, garden: Organisation | None) -> Iterator[str]:
    user, municipality = _account(name), garden.municipality if garden else None
    if user is None or municipality is None:
        yield f"{name}@{DOMAIN}: нет учётной записи или муниципалитета, координатор не назначен"
    elif not Coordination.objects.active().filter(user=user, municipality=municipality).exists():
        Coordination.objects.create(user=user, municipality=municipality)


def remove_people() -> None:
    """Take the demonstration accounts out of every organisation, with the history of what was done to them."""
    Membership.objects.filter(user__is_demo=True).delete()
    PeopleRecord.objects.filter(Q(user__is_demo=True) | Q(user=None, actor__is_demo=True)).delete()
