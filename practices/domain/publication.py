"""From an accepted submission to a page of the bank: the page is made once, its text is agreed with the author.

The way itself (who, from where to where, letters) is the table of `transitions`; here is what happens to the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal.core.models import Consent
from portal.core.text import single_line
from portal.roadmap.models import EvidenceLink
from portal.roadmap.queries import running_item
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term
from practices import rules
from practices.domain import agreed_text, page_files
from practices.domain.author_consents import consents_by_author
from practices.domain.author_names import opened
from practices.domain.errors import TransitionError
from practices.domain.history import write_down
from practices.domain.transitions import locked, perform
from practices.enums import RecognitionLevel, SubmissionStatus
from practices.models import PracticeAuthor, PracticeIndexPage, PracticePage, PracticeSubmission
from practices.models.passport import PassportFields
from search.text import match_key

# Columns that a page takes over as they stand; files, pictures and topics have verbs of their own.
_OWN = {"files", "photos", "terms"}
COPIED = tuple(field.name for field in PassportFields._meta.local_fields if field.name not in _OWN)
_TITLE_LENGTH = 255


def make_page(submission: PracticeSubmission, *, actor: Any) -> PracticePage:
    """Make the draft page of an accepted submission and return it; asked again, return the page made before.

    Fields are copied once, with authors, topics of the dictionary and copies of the files that may be shown. The page is
    not public. An update becomes a draft of the practice it updates: the public version and the address stay. Raises
    PermissionDenied for who does not edit the bank and TransitionError where there is nothing to make a page of.
    """
    with page_files.removing_on_failure() as note, transaction.atomic():
        held = locked(submission)
        if not rules.can_edit_page(actor, held):
            raise PermissionDenied
        if held.page is not None:
            submission.page = held.page
            return held.page
        if held.status != SubmissionStatus.ACCEPTED:
            raise TransitionError(f"Страницу делают из принятой заявки, а эта в состоянии «{held.public_status}».")
        page = held.updates.get_latest_revision_as_object() if held.updates is not None else _new_page(held, actor)
        _fill(page, held, note)
        if not page.live:
            page.save()
        page.save_revision(user=actor, log_action=True, clean=False)
        held.page = submission.page = PracticePage.objects.get(pk=page.pk)
        held.save(update_fields=["page"])
        write_down(held, "make_page", actor, page=page.pk)
    return held.page


def _new_page(submission: PracticeSubmission, actor: Any) -> PracticePage:
    section = PracticeIndexPage.objects.order_by("pk").first()
    if section is None:
        raise TransitionError("На портале нет раздела «Банк практик»: создайте его командой setup_portal.")
    page = PracticePage(title=single_line(submission.title)[:_TITLE_LENGTH], live=False, is_demo=submission.is_demo)
    section.add_child(instance=page)
    log(instance=page, action="wagtail.create", user=actor)
    return page


def _fill(page: PracticePage, submission: PracticeSubmission, note: Any) -> None:
    """Put everything that the submission says on the page."""
    page.title = page.draft_title = single_line(submission.title)[:_TITLE_LENGTH]
    page.summary = submission.summary
    for name in COPIED:
        setattr(page, name, getattr(submission, name))
    page.terms = list(submission.terms.all())
    page.forget_chosen()
    page.authors = _authors(submission)  # type: ignore[misc]  # modelcluster's relations take lists
    page.tags.set(known_topics(submission))
    page_files.copy_files(submission, page, note)
    set_level(page, submission)
    item = running_item(settings.PRACTICE_PLAN_ITEM)
    if item is not None and all(link.item_id != item.pk for link in page.evidence_links.all()):
        page.evidence_links.add(EvidenceLink(item=item))


def set_level(page: PracticePage, submission: PracticeSubmission) -> None:
    """Give the page the recognition that was decided on; a submission without a decision leaves what the page has."""
    if submission.level:
        page.level = submission.level
        page.level_on = submission.level_on or timezone.localdate()
        page.level_until = submission.level_until
    elif not page.level:
        page.level = RecognitionLevel.PRESENTED


def _authors(submission: PracticeSubmission) -> list[PracticeAuthor]:
    """Return the rows of authors with the consents that stand; a name without one keeps the page from going out."""
    posts = {term.slug: term for term in Term.objects.of(Vocabulary.POSITION)}
    consents = consents_by_author(submission)
    return [
        PracticeAuthor(
            position=posts[row["position"]],
            count=int(row.get("count") or 1),
            name=opened_name(row, consents),
            consent=consents.get(row.get("id", "")),
            sort_order=number,
        )
        for number, row in enumerate(submission.authors)
        if row.get("position") in posts
    ]


def opened_name(row: Mapping[str, Any], consents: Mapping[str, Consent]) -> str:
    """Return the name of an author's row as its consent opens it; as it was written while there is none."""
    written = single_line(row.get("name") or "")
    consent = consents.get(row.get("id", ""))
    return (opened(written, consent.fields).name or written) if consent is not None else written


def known_topics(submission: PracticeSubmission) -> list[Tag]:
    """Return the topics of the dictionary that the author named, in the author's order."""
    keys = [match_key(name) for name in submission.topics]
    found = {tag.name_match: tag for tag in Tag.objects.filter(name_match__in=keys)}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def proposed_topics(submission: PracticeSubmission) -> list[str]:
    """Return the topics that the author named and the dictionary lacks: the editor decides on them."""
    keys = {match_key(name): name for name in submission.topics}
    known = set(Tag.objects.filter(name_match__in=list(keys)).values_list("name_match", flat=True))
    return [name for key, name in keys.items() if key not in known]


def send_text(submission: PracticeSubmission, *, actor: Any, comment: str = "") -> PracticeSubmission:
    """Ask the author about the page's latest revision: this one is fixed, whatever is edited later.

    Raises PermissionDenied and TransitionError as `perform` does.
    """
    page = PracticePage.objects.filter(pk=submission.page_id).select_related("latest_revision").first()
    revision = page.latest_revision if page is not None else None
    return perform(submission, "send_text", actor=actor, comment=comment, revision=revision)


def publish_page(submission: PracticeSubmission, *, actor: Any) -> PracticePage:
    """Publish the latest revision of the page of a submission, as the editor's button does.

    Raises PublicationRefused with everything that is lacking, PermissionDenied, and TransitionError without a page.
    """
    if not rules.can_edit_page(actor, submission):
        raise PermissionDenied
    page = PracticePage.objects.filter(pk=submission.page_id).first()
    revision = page.get_latest_revision() if page is not None else None
    if page is None or revision is None:
        raise TransitionError("Сначала создайте страницу из заявки.")
    revision.publish(user=actor)
    page.refresh_from_db()
    return page


def shown_differences(submission: PracticeSubmission) -> list[agreed_text.Difference]:
    """Return by field what the editor changed in the author's text, as of the revision that was shown."""
    shown = submission.shown_revision
    if shown is None:
        return []
    return agreed_text.differences(agreed_text.text_of(submission), agreed_text.text_of(shown.as_object()))


def changed_since_answer(submission: PracticeSubmission | None, latest: PracticePage) -> list[str]:
    """Return labels of what `latest` says otherwise than the revision the author agreed to, or was shown last."""
    known = (submission.agreed_revision or submission.shown_revision) if submission is not None else None
    return agreed_text.changed_since(known.as_object(), latest) if known is not None else []


def let_silent_texts_out() -> int:
    """Take ten working days of silence for agreement where the page says only what the author wrote; return how many.

    A duty of the worker. An edited text waits for the author however long.
    """
    waiting = PracticeSubmission.objects.filter(
        status=SubmissionStatus.AUTHOR_APPROVAL, agreed_revision=None, due_at__lt=timezone.now()
    ).exclude(shown_revision=None)
    done = 0
    for submission in waiting.select_related("shown_revision"):
        shown = submission.shown_revision
        if shown is not None and agreed_text.is_authors_own(submission, shown.as_object()):
            perform(submission, "agree", actor=None, comment="Десять рабочих дней без ответа; текст автора не менялся.")
            done += 1
    return done
