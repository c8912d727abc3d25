"""What changes the bank: two versions of its own, so that news of the portal do not rebuild the facet index."""

from __future__ import annotations

from wagtail.models import Page

from portal.core.versions import Version, published
from practices.models import PracticePage

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
