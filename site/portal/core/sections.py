"""Sections of the site: one page of each section's type, at an address that stays."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from portal.core import versions
from portal.core.models import BasePage


class SectionPage(BasePage):
    """Abstract page of a section: one per site, its address is named in documents and links and never changes."""

    section_slug: ClassVar[str]
    routed_with: ClassVar[tuple[str, ...]] = ()  # records that pages below always show, as lookups from Page
    max_count = 1

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug != self.section_slug:
            raise ValidationError({"slug": f"Адрес раздела не меняется: {self.section_slug}."})

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page of the section by one query; Wagtail reads the bare page first and then its own table."""
        child = self._child(path_components[0]) if path_components else None
        return child.route(request, path_components[1:]) if child else super().route(request, path_components)

    def _child(self, slug: str) -> Page | None:
        tables = [model._meta.model_name for model in self.allowed_subpage_models()]
        pages = Page.objects.child_of(self).filter(slug=slug).select_related(*tables, *self.routed_with)
        for bare in pages[:1]:
            for page in filter(None, (getattr(bare, name, None) for name in tables)):
                page._cached_parent_obj = self  # as Wagtail's routing leaves it
                return page
        return None


def section_below(parent: Page, slug: str) -> SectionPage | None:
    """Return the section at `slug` below the page `parent`, None where there is none; read once per version.

    It is a copy: what a request hangs on the page must not reach the next one.
    """
    memo = _memos.get(slug)
    if memo is None:
        model = next((model for model in _models() if model.section_slug == slug), None)
        if model is None:
            return None
        memo = _memos[slug] = versions.Memo(f"section:{slug}", partial(_read, model))
    for kept in memo.get():
        if kept.slug == slug and kept.is_child_of(parent):
            section: SectionPage = copy.copy(kept)
            section._cached_parent_obj = parent  # as Wagtail's routing leaves it
            section.numchild = max(1, kept.numchild)  # of a page read as childless children are never asked for
            return section
    return None


_memos: dict[str, versions.Memo] = {}


def _models() -> list[type[SectionPage]]:
    return [model for model in apps.get_models() if issubclass(model, SectionPage)]


def _read(model: type[SectionPage]) -> list[SectionPage]:
    return list(model.objects.all()[:2])


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
