"""What the register of organisations holds of people: the head's name and a mailbox (see `portal.core.privacy`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from portal.core import privacy
from portal.organisations.models import (
    Coordination,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationRequest,
    PeopleRecord,
)


def _led_by(person: privacy.Person) -> Q:
    name = person.user.full_name if person.user is not None else ""
    return Q(head_name=name) & ~Q(head_name="")


def _organisations(person: privacy.Person) -> QuerySet[Organisation]:
    return Organisation.objects.filter(_led_by(person) | Q(email__in=person.emails))


def _hide(person: privacy.Person) -> Iterable[str]:
    shown = Organisation.objects.filter(_led_by(person), head_is_public=True)
    if count := shown.update(head_is_public=False):
        yield f"имя руководителя скрыто в карточках: {count}"


def _erase(person: privacy.Person) -> Iterable[str]:
    if count := Organisation.objects.filter(_led_by(person)).update(head_name="", head_is_public=False):
        yield f"имя руководителя стёрто в карточках: {count}"
    if count := Organisation.objects.filter(email__in=person.emails).update(email=""):
        yield f"личный адрес почты стёрт в карточках: {count}"


privacy.register(Organisation, find=_organisations, hide=_hide, erase=_erase, label="Карточки организаций")


def _memberships(person: privacy.Person) -> QuerySet[Membership]:
    return Membership.objects.filter(user=person.user) if person.user else Membership.objects.none()


def _erase_memberships(person: privacy.Person) -> Iterable[str]:
    if count := _memberships(person).delete()[0]:
        yield f"участие в организациях стёрто: {count}"


def _coordinations(person: privacy.Person) -> QuerySet[Coordination]:
    return Coordination.objects.filter(user=person.user) if person.user else Coordination.objects.none()


def _erase_coordinations(person: privacy.Person) -> Iterable[str]:
    if count := _coordinations(person).delete()[0]:
        yield f"назначения координатором стёрты: {count}"


privacy.register(
    Membership, find=_memberships, hide=privacy.nothing, erase=_erase_memberships, label="Участие в организациях"
)
privacy.register(
    Coordination,
    find=_coordinations,
    hide=privacy.nothing,
    erase=_erase_coordinations,
    label="Координаторы муниципалитетов",
)


def _invitations(person: privacy.Person) -> QuerySet[Invitation]:
    return Invitation.objects.filter(email__in=person.emails)


def _erase_invitations(person: privacy.Person) -> Iterable[str]:
    if count := _invitations(person).delete()[0]:
        yield f"приглашения стёрты: {count}"


def _requests(person: privacy.Person) -> QuerySet[JoinRequest]:
    return JoinRequest.objects.filter(user=person.user) if person.user else JoinRequest.objects.none()


def _erase_requests(person: privacy.Person) -> Iterable[str]:
    if count := _requests(person).delete()[0]:
        yield f"запросы на участие стёрты: {count}"


def _wishes(person: privacy.Person) -> QuerySet[OrganisationRequest]:
    return OrganisationRequest.objects.filter(user=person.user) if person.user else OrganisationRequest.objects.none()


def _erase_wishes(person: privacy.Person) -> Iterable[str]:
    if count := _wishes(person).delete()[0]:
        yield f"просьбы внести организацию стёрты: {count}"


def _records(person: privacy.Person) -> QuerySet[PeopleRecord]:
    about = Q(user=person.user) if person.user else Q(pk=None)
    return PeopleRecord.objects.filter(about | Q(email__in=person.emails))


def _erase_records(person: privacy.Person) -> Iterable[str]:
    """The history keeps that something happened, without the mailbox and the words about the person."""
    if count := _records(person).update(email="", comment=""):
        yield f"почта и слова убраны из истории людей: {count}"


privacy.register(
    Invitation, find=_invitations, hide=privacy.nothing, erase=_erase_invitations, label="Приглашения в организации"
)
privacy.register(JoinRequest, find=_requests, hide=privacy.nothing, erase=_erase_requests, label="Запросы на участие")
privacy.register(
    OrganisationRequest, find=_wishes, hide=privacy.nothing, erase=_erase_wishes, label="Просьбы внести организацию"
)
privacy.register(
    PeopleRecord, find=_records, hide=privacy.nothing, erase=_erase_records, label="История людей организаций"
)
