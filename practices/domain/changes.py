"""What changes the bank: two versions of its own, so that news of the portal do not rebuild the facet index."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from portal.core import versions
from portal.core.versions import Version, published
from portal.intake.models import IntakeWindow
from practices.enums import PROCEDURE
from practices.models import PracticePage

_WINDOWS_SEEN = "portal:practice-windows-seen"

practices_version = Version("practices", shown_in=published)  # which practices are public and what they say
# Names that practices borrow: terms, topics, organisations, municipalities, pictures. Cards are kept under it and take
# words from the bank, so it is always renewed after the bank.
names_version = Version("names", shown_in=published)


def page_changed(page: Page) -> None:
    """A page was published, unpublished, moved or deleted: renew the bank unless it has nothing to do with it.

    A page that is no practice and has no children hides and shows no practice.
    """
    if isinstance(page, PracticePage) or issubclass(page.specific_class or Page, PracticePage) or page.numchild:
        practices_version.bump()


def address_changed() -> None:
    """Addresses of pages have changed: cards hold them."""
    names_changed()


def names_changed() -> None:
    """A borrowed name has changed: facets, cards and passports show it."""
    practices_version.bump()
    names_version.bump()


def turn_windows() -> None:
    """Renew the page «Подать практику» when the intake has opened or closed since the last look.

    A duty of the worker: pages are kept whole, and a moment in each of them would cost every page a query.
    """
    now = timezone.now()
    since: datetime | None = cache.get(_WINDOWS_SEEN)
    cache.set(_WINDOWS_SEEN, now, timeout=None)
    if since is not None:
        turned = Q(opens_at__gt=since, opens_at__lte=now) | Q(closes_at__gte=since, closes_at__lt=now)
        if IntakeWindow.objects.filter(turned, procedure=PROCEDURE).exists():
            versions.bump()
