"""What the bank holds of people: names of authors, on pages and in their revisions (see `portal.core.privacy`)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db.models import Q, QuerySet

from portal.core import privacy
from portal.core.named import erase_names, find_names
from practices.domain import downloads
from practices.models import PracticeAuthor, PracticeSubmission, SubmissionCollaborator


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
    if count := mine.update(contact_name="", contact_email="", contact_phone=""):
        yield f"контактное лицо стёрто в заявках: {count}"
    for submission in PracticeSubmission.objects.exclude(authors=[]):
        kept = [
            row if row.get("email") not in person.emails else {**row, "name": "", "email": ""}
            for row in submission.authors
        ]
        if kept != submission.authors:
            PracticeSubmission.objects.filter(pk=submission.pk).update(authors=kept)
            yield f"имя автора стёрто в заявке {submission.number or submission.pk}"


def _collaborators(person: privacy.Person) -> QuerySet[SubmissionCollaborator]:
    return SubmissionCollaborator.objects.filter(Q(email__in=person.emails) | Q(user=person.user_id or 0))


def _erase_collaborators(person: privacy.Person) -> Iterable[str]:
    if count := _collaborators(person).delete()[0]:
        yield f"приглашения к черновикам стёрты: {count}"


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
