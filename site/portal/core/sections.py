"""Sections of the site: one page of each section's type, at an address that stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.core.exceptions import ValidationError
from wagtail.models import Page, Site

from portal.core.models import BasePage


class SectionPage(BasePage):
    """Abstract page of a section: one per site, its address is named in documents and links and never changes."""

    section_slug: ClassVar[str]
    max_count = 1

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug != self.section_slug:
            raise ValidationError({"slug": f"Адрес раздела не меняется: {self.section_slug}."})


def make_section(page: Page) -> Iterator[str]:
    """Publish `page` below the home page, in the menu, unless a page of its type is there; yield what was made."""
    if type(page).objects.exists():
        return
    site = Site.objects.filter(is_default_site=True).select_related("root_page").get()
    page.show_in_menus = True
    site.root_page.add_child(instance=page)
    page.save_revision().publish()
    yield f"раздел «{page.title}»"
