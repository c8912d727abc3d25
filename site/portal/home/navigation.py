"""Links of the footer (149-ФЗ art. 10 part 2, 152-ФЗ art. 18.1: the policy is reachable from every page)."""

from __future__ import annotations

from django.urls import reverse
from wagtail.models import Site

from portal.core.context import Link
from portal.core.publicity import public
from portal.home.models import ContentPage


def participant_links() -> list[Link]:
    """Sections as far as they stand in the menu, and the ways into the bank."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    pages = public(site.root_page.get_children()).in_menu() if site else []
    return [
        *({"title": page.title, "url": f"/{page.slug}/"} for page in pages),
        {"title": "Темы", "url": reverse("topics")},
        {"title": "Детские сады и организации", "url": reverse("organisations")},
        {"title": "Муниципалитеты", "url": reverse("municipalities")},
    ]


def about_links() -> list[Link]:
    """Pages that editors put into the footer, then what the portal itself gives."""
    pages = public(ContentPage.objects.filter(show_in_footer=True)).order_by("path")
    return [
        *({"title": page.title, "url": page.url} for page in pages),
        {"title": "Написать нам", "url": reverse("feedback")},
        {"title": "Карта сайта", "url": reverse("site_map")},
        {"title": "Новости в ленте RSS", "url": reverse("news_feed")},
    ]
