"""What the office's page of a submission shows: gathered here, so that the view and its budget see it whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.log_actions import log

from portal.intake.enums import AttachmentPurpose, Reader
from practices import rules
from practices.domain import desk, guard
from practices.domain.author_consents import AuthorLine, author_lines
from practices.domain.gate import missing_consents
from practices.domain.guard import GuardWarning
from practices.domain.reading import answer_blocks
from practices.domain.similar import SimilarTitle, similar_titles
from practices.domain.status_page import StatusPage, status_page
from practices.domain.transitions import TABLE, Offer, available_actions
from practices.enums import SubmissionStatus
from practices.form_spec import PRACTICE_FORM

CONTACTS_SEEN = "practices.contacts"
# Decisions of the moderator; what editors do with the page has its own screen.
DECISIONS = ("pass_check", "close_expertise", "accept", "return_for_revision", "reject", "close_overdue")
# Names and mailboxes of people: shown on demand, and the journal keeps who asked.
_PERSONAL = frozenset({"authors", "author_names", "contact_name", "contact_email", "contact_phone"})


@dataclass
class DeskPage:
    """Everything the template needs beside the submission."""

    page: StatusPage
    blocks: list[dict[str, Any]]
    offers: list[Offer]
    decides: bool
    edits: bool  # makes and publishes its page
    own: bool  # of the reader's own organisation: read only
    contacts: bool  # may be asked for
    with_contacts: bool
    term: str
    is_late: bool
    moderator: str
    authors: list[AuthorLine]
    files: list[Any]
    warnings: list[GuardWarning]
    similar: list[SimilarTitle]
    messages: list[Any]
    notes: list[Any]
    missing: list[str]


def desk_page(submission: Any, user: Any, *, with_contacts: bool = False) -> DeskPage:
    """Return what `user` of the office, or an editor, sees of a submission. The queries do not grow with rows."""
    page = status_page(submission, user)
    contacts = rules.can_see_contacts(user, submission)
    answers = PRACTICE_FORM.answers(submission)
    blocks = answer_blocks(answers, reader=Reader.MODERATOR if contacts else Reader.EXPERT)
    if not with_contacts:
        for block in blocks:
            block["lines"] = [line for line in block["lines"] if line["name"] not in _PERSONAL]
    edits = rules.can_edit_page(user, submission)
    waits = edits and submission.status == SubmissionStatus.AUTHOR_APPROVAL and submission.page is not None
    return DeskPage(
        page=page,
        blocks=blocks,
        offers=[offer for offer in available_actions(submission, user) if offer.action in DECISIONS],
        decides=rules.can_decide(user, submission),
        edits=edits,
        own=rules.is_team(user, submission),
        contacts=contacts,
        with_contacts=with_contacts,
        term=desk.term_words(submission),
        is_late=desk.is_late(submission),
        moderator=desk.name_of(submission.moderator),
        authors=author_lines(submission),
        files=[file for file in page.files if contacts or file.purpose != AttachmentPurpose.CONSENT],
        warnings=guard.warnings(submission, answers),
        similar=similar_titles(submission.title, exclude=submission.page_id or submission.updates_id),
        messages=[one for one in page.messages if not one["message"].internal],
        notes=[one for one in page.messages if one["message"].internal],
        missing=missing_consents(submission.page.get_latest_revision_as_object(), submission) if waits else [],
    )


def words_of(action: str) -> str:
    """Return what a decision asks for in words, blank where it asks for none."""
    return next(row.words for row in TABLE if row.action == action)


def note_contacts_seen(submission: Any, user: Any) -> None:
    """Write into the journal who opened the contacts of a submission."""
    log(instance=submission, action=CONTACTS_SEEN, user=user)
