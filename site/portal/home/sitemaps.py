"""The map of the site for search engines: public pages and the lists that are not pages."""

from __future__ import annotations

import datetime
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.models import Page

from portal.core.publicity import public
from portal.core.sites import address_path, default_site
from portal.organisations.models import Municipality, Organisation
from portal.roadmap.models import PlanItem
from portal.vocabularies.models import Tag
from practices.models import PracticeStanding


class _PortalSitemap(Sitemap):
    limit = 5000

    def get_domain(self, site: object = None) -> str:
        return settings.SITE_URL.split("://", 1)[1]

    @property
    def protocol(self) -> str:  # type: ignore[override]
        return settings.SITE_URL.split("://", 1)[0]


class PageSitemap(_PortalSitemap):
    """Every page that any visitor may read; its path is put together from the tree, without a query per page."""

    def items(self) -> list[dict[str, object]]:
        site = default_site()
        if site is None:
            return []
        path_of = address_path()
        pages = public(Page.objects.filter(path__startswith=site.root_page.path)).order_by("path")
        pages = pages.exclude(pk__in=PracticeStanding.objects.off_lists().values("page"))
        return [
            {"location": path_of(row["url_path"]), "lastmod": row["last_published_at"]}
            for row in pages.values("url_path", "last_published_at")
        ]

    def location(self, item: dict[str, object]) -> str:
        return str(item["location"])

    def lastmod(self, item: dict[str, object]) -> datetime.datetime | None:
        return item["lastmod"]  # type: ignore[return-value]


class TopicSitemap(_PortalSitemap):
    """Topics that have public pages."""

    def items(self) -> QuerySet[Tag]:
        used = public(Page.objects.order_by()).values("pk")
        rooms = ("practice_items", "event_items", "contest_items", "document_items", "news_items")
        shown = reduce(or_, (Q(**{f"{room}__content_object_id__in": used}) for room in rooms))
        return Tag.objects.filter(shown).distinct().order_by("pk")

    def location(self, item: Tag) -> str:
        return reverse("topic", args=[item.slug])


class OrganisationSitemap(_PortalSitemap):
    """Organisations of the registry that work now."""

    def items(self) -> QuerySet[Organisation]:
        return Organisation.objects.open().only("slug").order_by("pk")

    def location(self, item: Organisation) -> str:
        return reverse("organisation", args=[item.slug])


class MunicipalitySitemap(_PortalSitemap):
    """Municipal formations."""

    def items(self) -> QuerySet[Municipality]:
        return Municipality.objects.formations().only("slug").order_by("pk")

    def location(self, item: Municipality) -> str:
        return reverse("municipality", args=[item.slug])


class RoadmapItemSitemap(_PortalSitemap):
    """Items of public plans."""

    def items(self) -> QuerySet[PlanItem]:
        shown = public(PlanItem.objects.select_related("plan"), prefix="plan__")
        return shown.only("position", "plan__slug").order_by("plan_id", "position")

    def location(self, item: PlanItem) -> str:
        return reverse("roadmap_item", args=[item.plan.slug, item.position])


class SectionSitemap(_PortalSitemap):
    """Lists that are views, not pages."""

    def items(self) -> list[str]:
        return [
            "organisations",
            "municipalities",
            "topics",
            "practice_collections",
            "practice_levels",
            "practice_submit",
            "opendata",
            "contest_winners",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {
    "pages": PageSitemap,
    "topics": TopicSitemap,
    "organisations": OrganisationSitemap,
    "municipalities": MunicipalitySitemap,
    "roadmap-items": RoadmapItemSitemap,
    "sections": SectionSitemap,
}
