"""Who stands on which side of a submission: read for many at once, so that a duty over a table costs a few queries."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from portal.accounts.rules import MODERATORS
from portal.core.sections import section_below
from portal.core.sites import default_site
from portal.intake.enums import CollaboratorRole
from portal.organisations.enums import MemberRole
from portal.organisations.models import Coordination, Membership
from practices.enums import SECTION_URL
from practices.models import SubmissionCollaborator


class Audience(enum.Enum):
    """People on one side of a submission."""

    AUTHOR = "автор"
    HEAD = "руководитель"
    OFFICE = "редакция (модератор)"
    EDITORS = "редактор банка"
    MUNICIPALITY = "координатор муниципалитета"


class People:
    """The people around some submissions; each side is read once, when it is asked for. Closed accounts are nobody."""

    def __init__(self, submissions: Sequence[Any]) -> None:
        self.submissions = submissions
        self._sides: Mapping[Audience, Callable[[Any], list[Any]]] = {
            Audience.AUTHOR: self._authors,
            Audience.HEAD: self._heads,
            Audience.OFFICE: self._office_of,
            Audience.EDITORS: lambda _submission: self._editors,
            Audience.MUNICIPALITY: self._coordinators_of,
        }

    def of(self, submission: Any, audiences: Iterable[Audience]) -> list[Any]:
        """Return the people of the audiences, each once, in the order of their accounts."""
        found = {user.pk: user for audience in audiences for user in self._sides[audience](submission)}
        return [found[pk] for pk in sorted(found)]

    @cached_property
    def _members(self) -> Mapping[int, list[Any]]:
        organisations = {one.organisation_id for one in self.submissions}
        rows = Membership.objects.active().filter(organisation__in=organisations - {None}, user__is_active=True)
        return _grouped(rows.select_related("user").order_by("pk"), "organisation_id")

    @cached_property
    def _invited(self) -> Mapping[int, list[Any]]:
        rows = SubmissionCollaborator.objects.filter(
            submission__in=[one.pk for one in self.submissions],
            role=CollaboratorRole.EDIT,
            ended_at=None,
            user__is_active=True,
        )
        return _grouped(rows.select_related("user").order_by("pk"), "submission_id")

    @cached_property
    def _coordinators(self) -> Mapping[int, list[Any]]:
        places = {one.organisation.municipality_id for one in self.submissions if one.organisation is not None}
        rows = Coordination.objects.active().filter(municipality__in=places - {None}, user__is_active=True)
        return _grouped(rows.select_related("user").order_by("pk"), "municipality_id")

    @cached_property
    def _office(self) -> list[Any]:
        return list(get_user_model()._default_manager.filter(groups__name=MODERATORS, is_active=True).order_by("pk"))

    @cached_property
    def _editors(self) -> list[Any]:
        """Those who publish in the bank's section; administrators only where there is nobody else."""
        site = default_site()
        section = section_below(site.root_page, SECTION_URL.strip("/")) if site else None
        users = get_user_model()._default_manager.filter(is_active=True).order_by("pk")
        if section is None:
            return list(users.filter(is_superuser=True))
        above = [*section.get_ancestors().values_list("pk", flat=True), section.pk]
        publish = Q(
            groups__page_permissions__page__in=above, groups__page_permissions__permission__codename="publish_page"
        )
        return list(users.filter(publish, is_superuser=False).distinct()) or list(users.filter(is_superuser=True))

    def _authors(self, submission: Any) -> list[Any]:
        """Who began or sent it, while still of the organisation, and colleagues invited to edit; heads where all left."""
        ours = {submission.created_by_id, submission.sent_by_id}
        writers = [row.user for row in self._members.get(submission.organisation_id, ()) if row.user_id in ours]
        found = [*writers, *(row.user for row in self._invited.get(submission.pk, ()))]
        return found or self._heads(submission)

    def _heads(self, submission: Any) -> list[Any]:
        return [row.user for row in self._members.get(submission.organisation_id, ()) if row.role == MemberRole.HEAD]

    def _office_of(self, submission: Any) -> list[Any]:
        """The moderator who leads it, or all of them while nobody does."""
        leads = submission.moderator
        return [leads] if leads is not None and leads.is_active else self._office

    def _coordinators_of(self, submission: Any) -> list[Any]:
        organisation = submission.organisation
        rows = self._coordinators.get(organisation.municipality_id, ()) if organisation is not None else ()
        return [row.user for row in rows]


def _grouped(rows: Iterable[Any], key: str) -> Mapping[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found
