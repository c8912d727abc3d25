"""Links of the menu and the footer.

149-ФЗ art. 10 part 2 and 152-ФЗ art. 18.1: the owner, the contacts and the policy are reachable from every page.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.urls import reverse

from portal.core import context
from portal.core.context import Link

FOOTER = "footer"
PAGES_IN_FOOTER = Q(contentpage__show_in_footer=True)


def _view(title: str, name: str) -> Callable[[], Link]:
    return lambda: {"title": title, "url": reverse(name)}


LISTS = (
    _view("Подать практику", "practice_submit"),
    _view("Темы", "topics"),
    _view("Организации", "organisations"),
    _view("Муниципалитеты", "municipalities"),
)


def section_links() -> list[Link]:
    """Sections as far as they stand in the menu, and the lists for which the menu has no room."""
    return [*context.linked_pages(context.MENU), *(link() for link in LISTS)]


def about_links() -> list[Link]:
    """Pages that editors put into the footer, then the map of the site and the feed."""
    return [
        *context.linked_pages(FOOTER),
        {"title": "Открытые данные", "url": reverse("opendata")},
        {"title": "Карта сайта", "url": reverse("site_map")},
        {"title": "Новости в ленте RSS", "url": reverse("news_feed")},
    ]


def contact_links() -> list[Link]:
    """Ways to reach the owner of the portal, as far as they are known."""
    portal = context.portal_settings.get()
    links = [{"title": "Написать нам", "url": reverse("feedback")}]
    if portal.operator_email:
        links.append({"title": portal.operator_email, "url": f"mailto:{portal.operator_email}"})
    if portal.operator_phone:
        digits = "".join(char for char in portal.operator_phone if char.isdigit() or char == "+")
        links.append({"title": portal.operator_phone, "url": f"tel:{digits}"})
    if portal.appeals_url:
        links.append({"title": "Официальные обращения граждан", "url": portal.appeals_url})
    return links
