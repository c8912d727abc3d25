"""Sections of the site: one page of each section's type, at an address that stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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


def is_section(page: Page) -> bool:
    """Tell whether the site stands on this page: a section or the home page."""
    return isinstance(page.specific, SectionPage) or Site.objects.filter(root_page=page.pk).exists()


def refuse_to_remove_section(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Answer an attempt to delete, unpublish or move a section with a sentence; hook of these actions."""
    if not is_section(page):
        return None
    messages.error(
        request,
        f"«{page.title}» — раздел портала: его не удаляют, не снимают с публикации и не переносят. На его адрес ведут "
        "меню, ссылки и документы. Ненужные страницы внутри раздела снимайте по одной.",
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def refuse_to_move_section(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """The same for a move."""
    return refuse_to_remove_section(request, page)


def refuse_bulk_with_section(
    request: HttpRequest, action_type: str, objects: list[Page], action: object
) -> HttpResponse | None:
    """The same for actions over several pages at once."""
    if action_type not in {"delete", "unpublish", "move"}:
        return None
    for page in objects:
        if isinstance(page, Page) and (refused := refuse_to_remove_section(request, page)):
            return refused
    return None
