"""Words of the demonstration on the portal's own pages: the band over every page, the first screen of the home page."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.models import PortalSettings
from portal.demo import content
from portal.demo.ledger import Ledger
from portal.home.models import HomePage

HERO = ("hero_title", "hero_text", "popular_queries")


def load_notices(ledger: Ledger) -> Iterator[str]:
    """Put the words where nothing stands yet."""
    words = content.read("portal")
    with ledger.unit("notice") as due:
        if due:
            settings = PortalSettings.load()
            if not settings.demo_notice:
                settings.demo_notice = words["notice"]
                settings.save()
    with ledger.unit("hero") as due:
        home = HomePage.objects.first()
        if due and home is not None:
            empty = [name for name in HERO if not getattr(home, name)]
            for name in empty:
                setattr(home, name, words[name])
            if empty:
                home.save_revision().publish()
                yield "первый экран главной страницы"


def remove_notices() -> None:
    """Take away the words if they are still those of the demonstration."""
    words = content.read("portal")
    settings = PortalSettings.load()
    if settings.demo_notice == words["notice"]:
        settings.demo_notice = ""
        settings.save()
    home = HomePage.objects.first()
    if home is None:
        return
    ours = [name for name in HERO if getattr(home, name) == words[name]]
    for name in ours:
        setattr(home, name, "")
    if ours:
        home.save_revision().publish()
