"""Finding a submission for a person: what is not theirs does not exist for them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import Http404

from portal.organisations.enums import MemberRole
from portal.organisations.models import Coordination, Membership
from practices.models import PracticeSubmission, SubmissionCollaborator
from practices.rules import Place, remember_place


def submission_or_404(user: Any, public_id: str) -> PracticeSubmission:
    """Return the submission at an address with its organisation, and remember where `user` stands to it.

    One query for its team, a few more for the office, editors and the municipality. Raises Http404 for whoever may not
    read it, so that a stranger cannot tell a foreign address from a made-up one.
    """
    own = _placed(PracticeSubmission.objects.of_team(user), user).filter(public_id=public_id).first()
    submission = own or _placed(PracticeSubmission.objects.visible_to(user), user).filter(public_id=public_id).first()
    if submission is None:
        raise Http404
    remember_place(user, submission, _place(user, submission))
    return submission


def _placed(submissions: Any, user: Any) -> Any:
    """Add where `user` stands to each submission."""
    here = Membership.objects.active().filter(user=user.pk or 0, organisation=OuterRef("organisation"))
    invited = SubmissionCollaborator.objects.filter(user=user.pk or 0, ended_at=None, submission=OuterRef("pk"))
    coordinated = Coordination.objects.active().filter(
        user=user.pk or 0, municipality=OuterRef("organisation__municipality")
    )
    return submissions.select_related("organisation__municipality").annotate(
        place_role=Subquery(here.values("role")[:1]),
        place_invited=Subquery(invited.values("role")[:1]),
        place_coordinates=Exists(coordinated),
    )


def _place(user: Any, submission: Any) -> Place:
    begun = submission.organisation_id is None and submission.created_by_id == user.pk
    return Place(
        member=begun or submission.place_role is not None,
        head=submission.place_role == MemberRole.HEAD,
        invited_as=submission.place_invited or "",
        coordinator=submission.place_coordinates,
    )


def with_places(submissions: QuerySet[PracticeSubmission], user: Any) -> list[PracticeSubmission]:
    """Return the rows, each remembering where `user` stands to it: rules then ask the database for nothing."""
    found: list[PracticeSubmission] = list(_placed(submissions, user))
    for submission in found:
        remember_place(user, submission, _place(user, submission))
    return found
