"""What contests hold of people: names in results, on pages and in their revisions (see `portal.core.privacy`)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from contests.models import ContestResult
from portal.core import privacy
from portal.core.named import erase_names, find_names


def _erase(person: privacy.Person) -> Iterable[str]:
    """Take the name away from the results of contests and from every revision of their pages."""
    for page, revisions in erase_names(ContestResult, person):
        yield f"«{page.title}»: имя стёрто из результатов и из версий страницы ({revisions})"


# A name is hidden by the withdrawal of its consent, which the core does.
privacy.register(
    ContestResult,
    find=partial(find_names, ContestResult),
    hide=privacy.nothing,
    erase=_erase,
    label="Результаты конкурсов",
)
