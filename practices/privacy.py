"""What the bank holds of people: names of authors, on pages and in their revisions (see `portal.core.privacy`)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db.models import Q, QuerySet

from portal.core import privacy
from portal.core.named import erase_names, find_names
from portal.intake.domain.saving import CONFLICT
from practices.domain import attachments, downloads, receipts
from practices.models import (
    AuthorConsent,
    PracticeAuthor,
    PracticeSubmission,
    SubmissionCollaborator,
    SubmissionFile,
    SubmissionSnapshot,
)

_OF_PEOPLE = frozenset({"contact_name", "contact_email", "contact_phone", "authors"})


def _erase(person: privacy.Person) -> Iterable[str]:
    """Take the name away from the page, from every revision of it and from the files built of it."""
    for page, revisions in erase_names(PracticeAuthor, person):
        downloads.withdraw(page.pk)
        downloads.order(page.pk)
        yield f"«{page.title}»: имя автора стёрто со страницы, из её версий ({revisions}) и файлов"


# A name is hidden by the withdrawal of its consent, which the core does.
privacy.register(
    PracticeAuthor,
    find=partial(find_names, PracticeAuthor),
    hide=privacy.nothing,
    erase=_erase,
    label="Авторы практик",
)


def _submissions(person: privacy.Person) -> QuerySet[PracticeSubmission]:
    return PracticeSubmission.objects.filter(Q(contact_email__in=person.emails) | Q(created_by=person.user_id or 0))


def _erase_submissions(person: privacy.Person) -> Iterable[str]:
    """The work of an organisation stays; who is to be asked about it is forgotten."""
    mine = PracticeSubmission.objects.filter(contact_email__in=person.emails)
    for submission in mine:
        _forget_versions(submission)
    if count := mine.update(contact_name="", contact_email="", contact_phone=""):
        yield f"контактное лицо стёрто в заявках: {count}"
    for submission in PracticeSubmission.objects.exclude(authors=[]):
        own = _author_ids(submission, person)
        kept = [
            {**row, "name": "", "email": ""} if str(row.get("id", "")) in own else row for row in submission.authors
        ]
        if kept != submission.authors:
            PracticeSubmission.objects.filter(pk=submission.pk).update(authors=kept)
            _forget_versions(submission)
            yield f"имя автора стёрто в заявке {submission.number or submission.pk}"


def _forget_versions(submission: PracticeSubmission) -> None:
    """Take people out of what was typed and not accepted, and of versions that lost to another."""
    typed = {name: kept for name, kept in submission.typed.items() if name not in _OF_PEOPLE}
    PracticeSubmission.objects.filter(pk=submission.pk).update(typed=typed)
    for snapshot in submission.snapshots.filter(reason=CONFLICT):
        snapshot.answers = {name: value for name, value in snapshot.answers.items() if name not in _OF_PEOPLE}
        snapshot.save(update_fields=["answers"])


def _collaborators(person: privacy.Person) -> QuerySet[SubmissionCollaborator]:
    return SubmissionCollaborator.objects.filter(Q(email__in=person.emails) | Q(user=person.user_id or 0))


def _erase_collaborators(person: privacy.Person) -> Iterable[str]:
    if count := _collaborators(person).delete()[0]:
        yield f"приглашения к черновикам стёрты: {count}"


def _author_ids(submission: PracticeSubmission, person: privacy.Person) -> set[str]:
    """Rows of authors that are this person's: by the mailbox, or by the full name."""
    name = person.user.full_name if person.user is not None else ""
    return {
        str(row.get("id", ""))
        for row in submission.authors or []
        if row.get("email") in person.emails or (name and row.get("name") == name)
    }


def _author_consents(person: privacy.Person) -> QuerySet[AuthorConsent]:
    """Requests to the person: by the consent that was given, or by the row of the author."""
    given = Q(consent__email__in=person.emails) | Q(consent__user_id=person.user_id or 0)
    found = set(AuthorConsent.objects.filter(given).values_list("pk", flat=True))
    for submission in PracticeSubmission.objects.exclude(authors=[]).only("pk", "authors"):
        if ids := _author_ids(submission, person):
            found |= set(submission.author_consents.filter(author__in=ids).values_list("pk", flat=True))
    return AuthorConsent.objects.filter(pk__in=found)


def _erase_author_consents(person: privacy.Person) -> Iterable[str]:
    """Signed sheets and requests of the person go, with their files; that a consent was given the core keeps or erases."""
    records = list(_author_consents(person).select_related("paper", "submission"))
    for record in records:
        if record.paper is not None:
            attachments.erase(record.paper)
            yield f"подписанный лист стёрт в заявке {record.submission.number or record.submission.pk}"
    if records:
        AuthorConsent.objects.filter(pk__in=[record.pk for record in records]).delete()
        yield f"запросы согласия автора стёрты: {len(records)}"


def _files(person: privacy.Person) -> QuerySet[SubmissionFile]:
    """Files the person added, and the person's signed sheets."""
    papers = _author_consents(person).exclude(paper=None).values("paper")
    return SubmissionFile.objects.filter(Q(added_by=person.user_id or 0) | Q(pk__in=papers))


def _erase_files(person: privacy.Person) -> Iterable[str]:
    """Files of an organisation's work stay; who added them is forgotten."""
    if count := SubmissionFile.objects.filter(added_by=person.user_id or 0).update(added_by=None):
        yield f"забыто, кто добавил файлы заявок: {count}"


privacy.register(
    PracticeSubmission,
    find=_submissions,
    hide=privacy.nothing,
    erase=_erase_submissions,
    label="Заявки с практиками",
)
privacy.register(
    SubmissionCollaborator,
    find=_collaborators,
    hide=privacy.nothing,
    erase=_erase_collaborators,
    label="Соавторы заявок",
)
privacy.register(SubmissionFile, find=_files, hide=privacy.nothing, erase=_erase_files, label="Файлы заявок")
privacy.register(
    AuthorConsent,
    find=_author_consents,
    hide=privacy.nothing,
    erase=_erase_author_consents,
    label="Согласия авторов заявок",
)


def _snapshots(person: privacy.Person) -> QuerySet[SubmissionSnapshot]:
    return SubmissionSnapshot.objects.filter(submission__in=_submissions(person))


def _erase_snapshots(person: privacy.Person) -> Iterable[str]:
    """What was sent stays as the organisation's; the person goes from the answers and from their copies on paper."""
    name = person.user.full_name if person.user is not None else ""
    snapshots = SubmissionSnapshot.objects.order_by("pk").iterator()
    if count := sum(receipts.forget_person(one, emails=person.emails, full_name=name) for one in snapshots):
        yield f"имя и контакты стёрты из отправленных версий и их копий: {count}"


privacy.register(
    SubmissionSnapshot,
    find=_snapshots,
    hide=privacy.nothing,
    erase=_erase_snapshots,
    label="Отправленные версии заявок",
)
