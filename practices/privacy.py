"""What the bank holds of people: names of authors, on pages and in their revisions (see `portal.core.privacy`)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from portal.core import privacy
from portal.core.named import erase_names, find_names
from practices.domain import downloads
from practices.models import PracticeAuthor


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
