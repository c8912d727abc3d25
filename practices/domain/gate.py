"""The gate of publication: a page that came from a submission goes out as its author agreed to, with all consents.

It stands in the page's own `publish()`, so that the editor, bulk publishing, the end of an agreement and the schedule
meet it alike. Pages of editors and of mass import came from no submission and pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from portal.core import moments
from portal.core.models import Consent
from portal.core.models.privacy import Disclosure
from portal.core.publishing import PublicationRefused
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.domain import agreed_text
from practices.domain.author_consents import consents_by_author
from practices.domain.errors import TransitionError
from practices.domain.page_files import shows_children_lawfully
from practices.domain.publication import opened_name, set_level
from practices.domain.standing_records import note_published
from practices.domain.transitions import locked, perform
from practices.enums import SubmissionStatus
from practices.models import PracticePage, PracticeSubmission

S = SubmissionStatus
_CLOSED = (S.WITHDRAWN, S.REJECTED)


@contextmanager
def passing(page_id: int, revision: Revision, *, actor: Any) -> Iterator[None]:
    """Let `revision` of a practice be published inside the block, in one transaction with what follows from it.

    Consents given since the page was made are written into the revision, and the recognition of the decision. What
    goes out now moves its submission to «опубликована»; what is only appointed does not, and is asked again in its
    time. Raises PublicationRefused with everything that is lacking.
    """
    with transaction.atomic():
        submission = submission_of(page_id)
        if submission is None:
            yield
            return
        held = locked(submission)
        candidate: PracticePage = revision.as_object()
        reasons = [*_text_reasons(held, candidate), *missing_consents(candidate, held)]
        if reasons:
            raise PublicationRefused(candidate.title, reasons)
        _complete(revision, candidate, held)
        yield
        if candidate.go_live_at is None or candidate.go_live_at <= timezone.now():
            _published(held, candidate, actor)


def submission_of(page_id: int) -> PracticeSubmission | None:
    """Return the submission that speaks for a page now: the latest that is not withdrawn or rejected; None for a page
    that came from no submission."""
    found = list(PracticeSubmission.objects.filter(page=page_id).order_by("-pk"))
    return next((one for one in found if one.status not in _CLOSED), found[0] if found else None)


def missing_consents(page: PracticePage, submission: PracticeSubmission | None = None) -> list[str]:
    """Return what consents a page still lacks, each as a sentence; an empty list lets it out.

    `page` is the version to be published. Pages that came from no submission lack nothing here: their names are shown
    under consents alone.
    """
    submission = submission or submission_of(page.pk)
    if submission is None:
        return []
    return [*_unconsented_names(page, submission), *_unlawful_pictures(page, submission), *_forbidden(page, submission)]


def _unconsented_names(page: PracticePage, submission: PracticeSubmission) -> Iterator[str]:
    given = _consents_by_name(submission)
    for number, author in enumerate(page.authors.all(), start=1):
        if not author.name or author.public_name or (author.position_id, author.name) in given:
            continue
        if author.consent is not None and author.consent.withdrawn_at is not None and page.live:
            continue  # the name is hidden by itself, the page stays
        yield (
            f"Нет действующего согласия на распространение имени: авторы, строка {number} "
            f"({author.position.title.lower()}). Получите согласие или уберите имя."
        )


def _consents_by_name(submission: PracticeSubmission) -> dict[tuple[int, str], tuple[Consent, str]]:
    """Return standing consents with the names they open, by post and name as written or as opened: rows of a page do
    not keep the row of the submission."""
    posts = dict(Term.objects.of(Vocabulary.POSITION).values_list("slug", "pk"))
    consents = consents_by_author(submission)
    found = {}
    for row in submission.authors:
        consent = consents.get(row.get("id", ""))
        if consent is not None and row.get("position") in posts and Disclosure.NAME in consent.fields:
            name = opened_name(row, consents)
            for key in (row["name"], name):
                found[posts[row["position"]], key] = (consent, name)
    return found


def _unlawful_pictures(page: PracticePage, submission: PracticeSubmission) -> Iterator[str]:
    if len(page.photos) and not shows_children_lawfully(submission):
        yield (
            "На снимках есть дети, а заявления организации о согласиях родителей нет или оно неполное. "
            "Получите его или уберите снимки."
        )


def _forbidden(page: PracticePage, submission: PracticeSubmission) -> Iterator[str]:
    if not submission.rights:
        yield "Организация не подтвердила права на материалы: попросите отметить это в заявке."
    standing = page.own_standing
    if standing is not None and standing.permission_withdrawn_on is not None:
        yield "Организация отозвала разрешение на публикацию."


def _text_reasons(submission: PracticeSubmission, page: PracticePage) -> list[str]:
    """Return why the text of `page` may not go out, as sentences."""
    status = submission.status
    if status == S.ACCEPTED:
        return ["Автор не согласовал текст: отправьте его автору кнопкой «Отправить автору»."]
    if status == S.AUTHOR_APPROVAL and submission.agreed_revision is None:
        return _waiting_reasons(submission, page)
    if status in {S.AUTHOR_APPROVAL, S.PUBLISHED}:
        agreed = submission.agreed_revision
        changed = agreed_text.changed_since(
            agreed.as_object() if agreed else PracticePage.objects.get(pk=page.pk), page
        )
        if not changed:
            return []
        again = (
            "Отправьте автору новый текст."
            if status == S.AUTHOR_APPROVAL
            else "Опубликованный текст меняется так же: «Отправить автору», и после согласия он выйдет."
        )
        return [f"После согласия автора изменено: {', '.join(changed)}. {again}"]
    return [f"Заявка в состоянии «{submission.get_status_display()}»: страница по ней не выходит."]


def _waiting_reasons(submission: PracticeSubmission, page: PracticePage) -> list[str]:
    """Silence lets out only the author's own text, after its term."""
    over = submission.due_at is not None and submission.due_at < timezone.now()
    if over and agreed_text.is_authors_own(submission, page):
        return []
    until = f" Срок ответа: {moments.deadline(submission.due_at)}." if submission.due_at and not over else ""
    edited = " Текст правили, поэтому молчание автора — не согласие." if over else ""
    return [f"Автор ещё не согласовал текст.{until}{edited}"]


def _complete(revision: Revision, candidate: PracticePage, submission: PracticeSubmission) -> None:
    """Write into the revision what belongs to it by decisions made beside the page: consents and recognition."""
    given = _consents_by_name(submission)
    rows = [dict(row) for row in revision.content.get("authors", [])]
    for row in rows:
        if row["name"] and (row["position"], row["name"]) in given:
            consent, name = given[row["position"], row["name"]]
            row |= {"consent": consent.pk, "name": name}
    content = {**revision.content, "authors": rows}
    if submission.status == S.AUTHOR_APPROVAL:
        set_level(candidate, submission)
        for name in ("level_on", "level_until"):
            day = getattr(candidate, name)
            content[name] = day.isoformat() if day else None
        content["level"] = str(candidate.level)
    if content != revision.content:
        revision.content = content
        revision.save(update_fields=["content"])


def _published(submission: PracticeSubmission, page: PracticePage, actor: Any) -> None:
    """Move the submission of what has gone out; a later publication of the same text changes nothing."""
    if submission.status == S.PUBLISHED:
        return
    try:
        if submission.agreed_revision_id is None:
            submission = perform(submission, "agree", actor=None, comment="Десять рабочих дней без ответа.")
        perform(submission, "publish", actor=actor)
    except TransitionError as error:
        raise PublicationRefused(page.title, [str(error)]) from error
    except PermissionDenied as error:
        reason = "Практику своей организации публикует другой редактор банка."
        raise PublicationRefused(page.title, [reason]) from error
    note_published(page.pk)
