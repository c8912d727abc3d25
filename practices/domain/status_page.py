"""What the page of a submission shows to one person: gathered here, so that the view and its budget see it whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from portal.core.context import portal_settings
from portal.intake.domain import windows
from portal.intake.enums import Reader
from portal.organisations.models import Membership
from practices.domain.badges import snippet
from practices.domain.conditions import remarks_of_round
from practices.domain.drafts import waits_to_start_again
from practices.domain.receipts import file_name
from practices.domain.revision import Change, changes_since_last
from practices.domain.status import (
    EVERYBODY,
    LOOKS,
    Line,
    Names,
    Stage,
    history,
    left_words,
    name_of,
    next_words,
    road,
    status_label,
)
from practices.domain.transitions import Offer, available_actions
from practices.enums import SubmissionStatus
from practices.form_spec import PRACTICE_FORM
from practices.rules import (
    can_decide,
    can_delete_draft,
    can_edit_submission,
    can_see_contacts,
    can_see_thread,
    can_send,
    can_speak_for_organisation,
    can_write_message,
    can_write_submission,
    closed_words,
    is_bank_editor,
    is_office,
    is_team,
)

S = SubmissionStatus
REFUSED = frozenset({S.REJECTED, S.WITHDRAWN})


@dataclass
class StatusPage:
    """Everything the template needs; nothing here asks the database again."""

    label: str
    look: str
    next: str
    left: str
    whom: str
    road: list[Stage]
    offers: list[Offer]
    refused: list[Offer]
    history: list[Line]
    reason: str = ""  # why it was refused, withdrawn or archived
    closed: str = ""
    edit_href: str = ""
    colleagues_href: str = ""  # who works on it beside the organisation
    read_href: str = ""
    desk_href: str = ""  # the office and editors decide there
    receipt_name: str = ""
    again: bool = False
    again_waits: str = ""
    deletes: bool = False
    answers_remarks: bool = False
    writes_messages: bool = False
    remarks: list[Any] = field(default_factory=list)
    remark_lines: list[dict[str, Any]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    messages: list[Any] = field(default_factory=list)
    snippet: str = ""  # of the badge
    files: list[Any] = field(default_factory=list)
    versions: list[Any] = field(default_factory=list)


def status_page(submission: Any, user: Any) -> StatusPage:
    """Return what `user`, who may see the submission, sees of it. The queries do not grow with rows."""
    records = list(submission.records.select_related("actor"))
    names = _names(submission, user)
    offers = [offer for offer in available_actions(submission, user) if not offer.at_desk]
    team, thread = is_team(user, submission), can_see_thread(user, submission)
    page = StatusPage(
        label=status_label(submission),
        look=LOOKS.get(submission.status, ""),
        next=next_words(submission),
        left=left_words(submission.due_at),
        whom=_whom(submission),
        road=road(submission, records),
        offers=[offer for offer in offers if not offer.refusal],
        refused=[offer for offer in offers if offer.refusal],
        history=history(records, names=names, inside=can_decide(user, submission)),
        reason=next(
            (one.comment for one in records if one.target == submission.status and one.source != one.target), ""
        )
        if thread
        else "",
        closed=closed_words(submission) if can_write_submission(user, submission) else "",
        edit_href=_edit_href(submission) if can_edit_submission(user, submission) else "",
        read_href=f"{reverse('practice_submission', args=[submission.public_id])}{PRACTICE_FORM.steps[-1].key}/",
        deletes=can_delete_draft(user, submission),
    )
    if submission.sent_at is not None and (is_office(user) or is_bank_editor(user)):
        page.desk_href = reverse("practice_desk_submission", args=[submission.public_id])
    if team:
        page.colleagues_href = reverse("practice_colleagues", args=[submission.public_id])
    if submission.status in REFUSED and can_speak_for_organisation(user, submission):
        page.again_waits = waits_to_start_again(submission)
        page.again = not page.again_waits
    if submission.sent_at is not None:
        page.files = list(submission.attachments.all())
        if thread:  # a version shows the whole answers, to who may read the words about them
            sent = submission.snapshots.filter(reason__in=["sent", "resent"])
            page.versions = list(sent.select_related("taken_by"))
        page.receipt_name = file_name(submission) if team or thread else ""
    if thread and submission.sent_at is not None:
        _add_thread(page, submission, user, names)
    if team and submission.status == S.PUBLISHED and submission.page is not None:
        page.snippet = str(snippet(submission.page))
    return page


def _add_thread(page: StatusPage, submission: Any, user: Any, names: Names) -> None:
    """What is said between the office and the author; internal notes are the office's alone."""
    page.remarks = remarks_of_round(submission)
    page.remark_lines = [_remark_line(one) for one in submission.remarks.all()]
    page.answers_remarks = bool(page.remarks) and submission.status == S.REVISION and can_send(user, submission)
    reader = Reader.AUTHOR if can_see_contacts(user, submission) else Reader.EXPERT
    page.changes = [
        change
        for change in (changes_since_last(submission) if page.remark_lines else [])
        if reader in PRACTICE_FORM.by_name[change.name].visible_to
    ]
    found = submission.messages.select_related("written_by")
    shown = found if can_decide(user, submission) else found.filter(internal=False)
    page.messages = [{"message": one, "who": name_of(one.written_by, names)} for one in shown]
    page.writes_messages = can_write_message(user, submission)


def _remark_line(remark: Any) -> dict[str, Any]:
    known = PRACTICE_FORM.by_name.get(remark.field)
    step = PRACTICE_FORM.step_of(remark.field) if known else None
    return {"remark": remark, "label": known.label if known else "Заявка в целом", "step": step}


def _names(submission: Any, user: Any) -> Names:
    """Return whose names the reader may see: the team sees its own people and the office as one, the office sees
    everybody, the municipality nobody."""
    if not can_see_thread(user, submission):
        return None
    if not is_team(user, submission):
        return EVERYBODY
    ours = submission.organisation.memberships if submission.organisation is not None else Membership.objects.none()
    invited = submission.collaborators.exclude(user=None)
    return frozenset(ours.values_list("user_id", flat=True)) | frozenset(invited.values_list("user_id", flat=True))


def _edit_href(submission: Any) -> str:
    keys = [step.key for step in PRACTICE_FORM.steps]
    step = submission.changed_step if submission.changed_step in keys else keys[0]
    if submission.open_fields:
        step = PRACTICE_FORM.step_of(submission.open_fields[0]).key
    return f"{reverse('practice_submission', args=[submission.public_id])}{step}/"


def _whom(submission: Any) -> str:
    """Return whom to ask about it now."""
    if submission.status == S.HEAD_CONFIRMATION:
        return "Спросите руководителя организации: без подтверждения заявка не уйдёт."
    portal = portal_settings.get()
    phone = f", {portal.operator_phone}" if portal.operator_phone else ""
    return f"{windows.whom_to_ask('Если что-то неясно').rstrip('.')}{phone}."
