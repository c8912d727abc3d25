"""What the bank holds of people: names of authors, on pages and in their revisions (see `portal.core.privacy`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from portal.core import privacy
from practices.domain import downloads
from practices.models import PracticeAuthor, PracticePage


def _authors(person: privacy.Person) -> QuerySet[PracticeAuthor]:
    by_consent = Q(consent__user_id=person.user_id, consent__user__isnull=False) | Q(consent__email__in=person.emails)
    name = person.user.full_name if person.user is not None else ""
    return PracticeAuthor.objects.filter(by_consent | Q(name=name) & ~Q(name=""))


def _erase(person: privacy.Person) -> Iterable[str]:
    """Take the name away from the page, from every revision of it and from the files built of it."""
    authors = list(_authors(person))
    names = {author.name for author in authors} - {""}
    PracticeAuthor.objects.filter(pk__in=[author.pk for author in authors]).update(name="", consent=None)
    for page in PracticePage.objects.filter(pk__in={author.page_id for author in authors}):
        revisions = sum(_erase_in_revision(revision, names) for revision in page.revisions.iterator())
        downloads.withdraw(page.pk)
        downloads.order(page.pk)
        yield f"«{page.title}»: имя автора стёрто со страницы, из её версий ({revisions}) и файлов"


def _erase_in_revision(revision: object, names: set[str]) -> bool:
    rows = [row for row in revision.content.get("authors", []) if row.get("name") in names]  # type: ignore[attr-defined]
    for row in rows:
        row.update(name="", consent=None)
    if rows:
        revision.save(update_fields=["content"])  # type: ignore[attr-defined]
    return bool(rows)


# A name is hidden by the withdrawal of its consent, which the core does.
privacy.register(PracticeAuthor, find=_authors, hide=privacy.nothing, erase=_erase, label="Авторы практик")
