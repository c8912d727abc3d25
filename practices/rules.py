"""Who may do what with a submission; asked by verbs, views and templates alike. Rules compare organisations, not roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.accounts.rules import is_moderator
from portal.core.sections import section_below
from portal.core.sites import default_site
from portal.intake.domain import windows
from portal.intake.enums import CollaboratorRole
from portal.organisations.rules import coordinates, is_head, is_member
from practices.enums import CLOSED, EDITABLE, PROCEDURE, SECTION_URL, SubmissionStatus

_PLACES, _EDITS_BANK = "_places", "_edits_bank"


@dataclass(frozen=True)
class Place:
    """Where a person stands to one submission: of its organisation, heading it, invited to it, of its municipality."""

    member: bool = False
    head: bool = False
    invited_as: str = ""  # a value of CollaboratorRole
    coordinator: bool = False

    @property
    def writes(self) -> bool:
        """Whether the person writes it: of the organisation, or invited to edit."""
        return self.member or self.invited_as == CollaboratorRole.EDIT

    @property
    def of_team(self) -> bool:
        """Whether the person is on the side of those who send it."""
        return self.member or bool(self.invited_as)


def remember_place(user: Any, submission: Any, place: Place) -> None:
    """Keep a place that was read together with the submission; the object lives for one request."""
    submission.__dict__.setdefault(_PLACES, {})[user.pk] = place


def place_of(user: Any, submission: Any) -> Place:
    """Return where `user` stands to `submission`, read once for the object. Strangers and closed accounts: nowhere."""
    if not user.is_authenticated or not user.is_active:
        return Place()
    kept: Place | None = submission.__dict__.get(_PLACES, {}).get(user.pk)
    if kept is None:
        kept = _read_place(user, submission)
        remember_place(user, submission, kept)
    return kept


def _read_place(user: Any, submission: Any) -> Place:
    organisation = submission.organisation
    if organisation is None:
        return Place(member=submission.created_by_id == user.pk)
    invited = submission.collaborators.filter(user=user, ended_at=None).values_list("role", flat=True).first()
    return Place(
        member=is_member(user, organisation.pk),
        head=is_head(user, organisation.pk),
        invited_as=invited or "",
        coordinator=coordinates(user, organisation.municipality_id),
    )


def is_office(user: Any) -> bool:
    """Tell whether `user` works in the office that receives submissions; administrators may do the same."""
    return is_moderator(user)


def is_bank_editor(user: Any) -> bool:
    """Tell whether `user` publishes in the bank's section of the tree; one read for the object, which lives for one
    request."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    kept: bool | None = user.__dict__.get(_EDITS_BANK)
    if kept is None:
        site = default_site()
        section = section_below(site.root_page, SECTION_URL.strip("/")) if site else None
        kept = section is not None and "publish" in section.permissions_for_user(user).permissions
        user.__dict__[_EDITS_BANK] = kept
    return kept


def is_team(user: Any, submission: Any) -> bool:
    """Tell whether `user` is on the side of those who send: of the organisation, or invited to this submission."""
    return place_of(user, submission).of_team


def can_view_submission(user: Any, submission: Any) -> bool:
    """Tell whether `user` may read it. A draft is the team's secret; what was sent is seen by the office, by editors of
    the bank and by the municipality of the organisation."""
    place = place_of(user, submission)
    if place.of_team or (user.is_active and user.is_superuser):
        return True
    return submission.sent_at is not None and (place.coordinator or is_office(user) or is_bank_editor(user))


def can_write_submission(user: Any, submission: Any) -> bool:
    """Tell whether `user` may write in it now, whatever the terms: the team's, in a draft or in a revision."""
    return submission.status in EDITABLE and place_of(user, submission).writes


def can_edit_submission(user: Any, submission: Any) -> bool:
    """Tell whether `user` may write in it now and its term is not over (see `closed_words` for what to say)."""
    return can_write_submission(user, submission) and not closed_words(submission)


def closed_words(submission: Any) -> str:
    """Return why the text cannot be changed or sent now, as a sentence; an empty string while it can.

    A draft goes by the window of the intake, a revision by its own term; an update of a published practice is taken
    at any time.
    """
    if submission.status == SubmissionStatus.REVISION:
        return windows.term_words(submission.due_at)
    if submission.updates_id is not None:
        return ""
    state = windows.state_of(PROCEDURE, submission.organisation_id)
    return "" if state.accepts else state.closed_words


def can_invite(user: Any, submission: Any) -> bool:
    """Tell whether `user` may invite colleagues to it and end their access: people of its organisation, until it is
    closed."""
    return submission.status not in CLOSED and place_of(user, submission).member


def can_delete_draft(user: Any, submission: Any) -> bool:
    """Tell whether `user` may delete it for good: who began it, while nobody outside has seen it; administrators."""
    if submission.status != SubmissionStatus.DRAFT or submission.sent_at is not None:
        return False
    own = submission.created_by_id == user.pk and place_of(user, submission).member
    return bool(user.is_active and (user.is_superuser or own))


def can_decide(user: Any, submission: Any) -> bool:
    """Tell whether `user` may decide for the office: nobody decides on the practice of the own organisation."""
    return is_office(user) and not is_team(user, submission)


def can_edit_page(user: Any, submission: Any) -> bool:
    """Tell whether `user` may make and publish its page: editors of the bank, never on the own organisation's."""
    return is_bank_editor(user) and not is_team(user, submission)


def can_send(user: Any, submission: Any) -> bool:
    """Tell whether `user` may send it or answer for it: whoever writes it."""
    return place_of(user, submission).writes


def can_confirm(user: Any, submission: Any) -> bool:
    """Tell whether `user` may let it out of the organisation: its head."""
    return place_of(user, submission).head


def can_speak_for_organisation(user: Any, submission: Any) -> bool:
    """Tell whether `user` may withdraw it or agree to its text: a member of the organisation."""
    return place_of(user, submission).member


def can_write_message(user: Any, submission: Any) -> bool:
    """Tell whether `user` may write in the thread: the team or the office, once the office has it."""
    if submission.sent_at is None:
        return False
    return is_office(user) or place_of(user, submission).writes


def can_see_contacts(user: Any, submission: Any) -> bool:
    """Tell whether `user` may see whom to call about it: the team itself and the office."""
    return is_team(user, submission) or is_office(user)


def can_see_thread(user: Any, submission: Any) -> bool:
    """Tell whether `user` may read remarks, messages and names in the history: the team, the office and editors."""
    return is_team(user, submission) or is_office(user) or is_bank_editor(user)
