"""The site, its home page and the pages that the law asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from django.conf import settings
from wagtail.models import Collection, Page, PageLogEntry, Site

from portal.core.models import PortalSettings
from portal.home.models import ContentPage, HomePage

REFERENCE = Path(__file__).parent / "reference" / "pages.yaml"


def setup() -> Iterator[str]:
    """Make the home page, the site and the legal pages that are missing; yield a line for each thing made."""
    home = HomePage.objects.first()
    if home is None:
        home = _make_home()
        yield "главная страница"
    yield from _site(home)
    for row in yaml.safe_load(REFERENCE.read_text(encoding="utf-8")):
        if not home.get_children().filter(slug=row["slug"]).exists():
            _make_page(home, row)
            yield f"страница «{row['title']}»"


def _site(home: HomePage) -> Iterator[str]:
    """Make the site when there is none; the only one follows SITE_URL, so that canonical addresses are right.

    Where people made several sites, their addresses are theirs to keep.
    """
    address = urlsplit(settings.SITE_URL)
    hostname = address.hostname or "localhost"
    port = address.port or (443 if address.scheme == "https" else 80)
    sites = list(Site.objects.all()[:2])
    if not sites:
        Site.objects.create(
            hostname=hostname,
            port=port,
            root_page=home,
            is_default_site=True,
            site_name=settings.WAGTAIL_SITE_NAME,
        )
        yield f"сайт {settings.SITE_URL}"
    elif len(sites) == 1 and (sites[0].hostname, sites[0].port) != (hostname, port):
        site = sites[0]
        site.hostname, site.port = hostname, port
        site.save(update_fields=["hostname", "port"])
        yield f"адрес сайта: {settings.SITE_URL}"


def _make_home() -> HomePage:
    Collection.objects.filter(depth=1, name="Root").update(name="Все файлы")
    Page.objects.filter(depth=1, title="Root").update(title="Все страницы", draft_title="Все страницы")
    root = Page.get_first_root_node()
    # Wagtail's first migration leaves a page «Welcome to your new Wagtail site!»; it gives way to ours.
    welcome = root.get_children().filter(slug="home", content_type__app_label="wagtailcore").first()
    if welcome:
        key = welcome.pk
        welcome.delete()
        PageLogEntry.objects.filter(page_id=key).delete()
        root = Page.objects.get(pk=root.pk)
    home = HomePage(
        title="Главная",
        slug="home",
        summary="Банк лучших практик дошкольного образования: что сделали, что изменилось и как повторить у себя.",
        hero_title=f"Лучшие практики детских садов {PortalSettings.load().region_genitive}",
        hero_text="Проверенные описания: что сделали, что изменилось и как повторить у себя.",
        popular_queries="адаптация, игра, природа края, инклюзия",
    )
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _make_page(home: HomePage, row: dict[str, str]) -> None:
    page = ContentPage(
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        show_in_footer=True,
        body=[("text", _rich(row["text"]))],
    )
    home.add_child(instance=page)
    page.save_revision().publish()


def _rich(text: str) -> object:
    from wagtail.rich_text import RichText  # noqa: PLC0415 (loads the editor's features, needed only here)

    return RichText(text)
