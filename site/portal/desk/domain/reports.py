"""What is wrong with pages: without a topic, without words for pictures, with links that lead nowhere.

Each report asks the database once per kind of page, however many pages there are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex, Site, get_page_models
from wagtail.permissions import policy_registry

from portal.core import publicity
from portal.files.models import PortalDocument

PAGE_LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*?\bid="(\d+)"')
HREF = re.compile(r'href="([^"]+)"')


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the page, where on it, what is wrong."""

    page: Page
    place: str
    problem: str
    target: str = ""

    @property
    def title(self) -> str:
        """The title of the page, as the editor sees it."""
        return str(self.page.get_admin_display_title())

    @property
    def kind(self) -> str:
        """The kind of the page."""
        return str(type(self.page)._meta.verbose_name)


def writable(user: Any) -> QuerySet[Page]:
    """Pages that `user` writes, so that a report shows what the person can mend."""
    return policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, {"add", "change"})


def without_topic(user: Any) -> QuerySet[Page]:
    """Published pages of the kinds that have topics, without a single one."""
    lacking = Q(pk__in=[])
    for model in get_page_models():
        if hasattr(model, "tags"):
            lacking |= Q(pk__in=model.objects.filter(tags__isnull=True).order_by().values("pk"))
    return writable(user).filter(lacking, live=True)


def scans() -> QuerySet[PortalDocument]:
    """Documents that hold pictures of text alone: no search finds them and nothing reads them aloud."""
    return PortalDocument.objects.filter(scan_only=True).order_by("title")


def missing_alt(pages: QuerySet[Page]) -> list[Finding]:
    """Pictures of the published among `pages` that have neither words nor the mark «только украшение»."""
    found = []
    for page in _published(pages):
        if getattr(page, "cover_id", None) and hasattr(page, "cover_alt") and not page.cover_alt:
            found.append(Finding(page, "Обложка", "нет описания"))
        for label, value in _streams(page):
            lost = sum(1 for picture in _pictures(value) if not picture["alt"] and not picture.get("decorative"))
            if lost:
                found.append(Finding(page, label, f"изображений без описания: {lost}"))
    return found


def broken_links(pages: QuerySet[Page]) -> list[Finding]:
    """Links of the published among `pages` to pages that are unpublished, closed or gone, and addresses of this site that fail."""
    known = _Known()
    found = []
    for page in _published(pages):
        for place, target in known.references.get(page.pk, ()):
            if target in known.titles and target not in known.public:
                found.append(Finding(page, place, "страница не опубликована", known.titles[target]))
        for label, text in _texts(page):
            for target in dict.fromkeys(map(int, PAGE_LINK.findall(text))):
                if target not in known.titles:  # the index of references forgets what is gone
                    found.append(Finding(page, label, "страница удалена", f"страница № {target}"))
            for href in dict.fromkeys(HREF.findall(text)):
                if problem := known.problem_of_address(unescape(href)):
                    found.append(Finding(page, label, problem, unescape(href)))
    return found


class _Known:
    """What the site has, read once: titles, public pages, their paths, redirects, references between pages."""

    def __init__(self) -> None:
        self.titles = dict(Page.objects.values_list("pk", "title"))
        public = list(publicity.public(Page.objects.filter(depth__gt=1)).values_list("pk", "url_path"))
        self.public = {pk for pk, _path in public}
        site = Site.objects.select_related("root_page").get(is_default_site=True)
        root = site.root_page.url_path
        self.paths = {"/" + path.removeprefix(root) for _pk, path in public if path.startswith(root)}
        self.redirects = set(Redirect.objects.values_list("old_path", flat=True))
        self.host = urlsplit(settings.SITE_URL).netloc
        self.references = self._references()

    def _references(self) -> dict[int, list[tuple[str, int]]]:
        page_type = ContentType.objects.get_for_model(Page)
        found: dict[int, list[tuple[str, int]]] = {}
        rows = ReferenceIndex.objects.filter(base_content_type=page_type, to_content_type=page_type)
        for row in rows.select_related("content_type"):
            found.setdefault(int(row.object_id), []).append((row.describe_source_field(), int(row.to_object_id)))
        return found

    def problem_of_address(self, href: str) -> str:
        parts = urlsplit(href)
        if parts.scheme not in {"", "http", "https"} or parts.netloc not in {"", self.host} or not parts.path:
            return ""
        path = unquote(parts.path)
        if not path.startswith("/"):
            return "адрес без начала"
        with_slash = path if path.endswith("/") else f"{path}/"
        if with_slash in self.paths or Redirect.normalise_path(path) in self.redirects:
            return ""
        return "по этому адресу ничего нет" if _is_for_pages(with_slash) else ""


def _is_for_pages(path: str) -> bool:
    try:
        return resolve(path).url_name == "wagtail_serve"
    except Resolver404:
        return True


def _published(pages: QuerySet[Page]) -> Iterator[Page]:
    """Yield the published among `pages` as their own kinds, with one query for each kind."""
    allowed = pages.order_by().values("pk")
    for model in get_page_models():
        if model is not Page and any(_is_text(field) or field.name == "cover" for field in model._meta.get_fields()):
            yield from model.objects.filter(live=True, pk__in=allowed).order_by("title")


def _is_text(field: Any) -> bool:
    return isinstance(field, StreamField | RichTextField)


def _streams(page: Model) -> Iterator[tuple[str, Any]]:
    for field in page._meta.fields:
        if isinstance(field, StreamField):
            yield str(field.verbose_name), list(getattr(page, field.name).raw_data)


def _texts(page: Model) -> Iterator[tuple[str, str]]:
    for field in page._meta.fields:
        if isinstance(field, RichTextField):
            yield str(field.verbose_name), getattr(page, field.name)
    for label, value in _streams(page):
        yield label, json.dumps(value, ensure_ascii=False, default=str).replace('\\"', '"')


def _pictures(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every block with a picture and words for it, at any depth."""
    if isinstance(value, dict):
        if value.get("image") and "alt" in value:
            yield value
        for inner in value.values():
            yield from _pictures(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pictures(inner)
