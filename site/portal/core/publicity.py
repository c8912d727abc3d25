"""The one definition of «public»: live, not expired, not restricted, with every ancestor live and unrestricted.

Wagtail serves a live child of an unpublished parent and keeps it in the sitemap; the portal does not. Lists,
counts, facets, search, suggestions, feeds, the sitemap, the API, exports and files all ask here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.core import versions

PageSet = TypeVar("PageSet", bound=QuerySet)


def _hidden_paths() -> list[str]:
    """Tree paths under which nothing is public: restricted pages and unpublished pages that have children."""
    restricted = Exists(PageViewRestriction.objects.filter(page=OuterRef("pk")))
    found = Page.objects.filter(Q(live=False, numchild__gt=0) | restricted)
    paths = sorted(found.values_list("path", flat=True))
    return [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]


_hidden = versions.Memo("hidden-paths", _hidden_paths)


def public_condition(prefix: str = "", *, fresh: bool = False) -> Q:
    """Return the condition «any visitor may read the page»; `prefix` is the lookup to the page (`page__`).

    `fresh` asks the database what is hidden: for verbs that run inside the transaction that hides it, before the
    version of what is published is bumped.
    """
    current = Q(**{f"{prefix}expire_at": None}) | Q(**{f"{prefix}expire_at__gt": timezone.now()})
    condition = current & Q(**{f"{prefix}live": True})
    for path in _hidden_paths() if fresh else _hidden.get():
        condition &= ~Q(**{f"{prefix}path__startswith": path})
    return condition


def public(queryset: PageSet, *, prefix: str = "") -> PageSet:
    """Return the pages of `queryset` that any visitor may read; `prefix` is the lookup to the page (`page__`)."""
    return queryset.filter(public_condition(prefix))


def is_current(page: Page) -> bool:
    """Tell whether the time of `page` has not run out; the worker takes down those whose has, within a minute."""
    return not page.expire_at or page.expire_at > timezone.now()


def is_public(page: Page) -> bool:
    """Tell whether any visitor may read `page`."""
    if not page.live or not is_current(page):
        return False
    return not any(page.path.startswith(path) for path in _hidden.get())


def refuse_strangers(page: Page, request: HttpRequest) -> None:
    """Answer 404 to whoever may not open `page`: Wagtail would lead a signed-in person from the sign-in page to itself.

    A page behind a password asks for it: who has the address was given the password too.
    """
    for restriction in page.get_view_restrictions():
        by_password = restriction.restriction_type == PageViewRestriction.PASSWORD
        if not by_password and not restriction.accept_request(request):
            raise Http404


def has_hidden_ancestor(page: Page) -> bool:
    """Tell whether `page` stands below an unpublished page, so that its own address answers 404."""
    steplen = Page.steplen
    ancestors = [page.path[:end] for end in range(steplen, len(page.path), steplen)]
    hidden = {path for path in _hidden.get() if path in ancestors}
    return bool(hidden) and Page.objects.filter(path__in=hidden, live=False).exists()


def _read_moments() -> dict[str, datetime | None]:
    now = timezone.now()
    moments: dict[str, datetime | None] = Page.objects.filter(live=True).aggregate(
        changed=Max("last_published_at", filter=public_condition()),
        expires=Min("expire_at", filter=Q(expire_at__gt=now)),
    )
    return moments


_moments = versions.Memo("moments", _read_moments)
_own_moments: list[Callable[[], datetime | None]] = []


def last_change() -> datetime | None:
    """Return when something that anybody may read was last published, None when nothing was."""
    changed: datetime | None = _moments.get()["changed"]
    return changed


def next_expiry() -> datetime | None:
    """Return when the first of the published pages expires, None when none will."""
    expires: datetime | None = _moments.get()["expires"]
    return expires


def register_moments(next_moment: Callable[[], datetime | None]) -> None:
    """Tell of instants at which published pages change by themselves; `next_moment` returns the nearest one ahead."""
    _own_moments.append(next_moment)


def next_change() -> datetime | None:
    """Return when the first published page expires or changes by itself, None when none will."""
    found = [moment for moment in (next_expiry(), *(ask() for ask in _own_moments)) if moment is not None]
    return min(found, default=None)
