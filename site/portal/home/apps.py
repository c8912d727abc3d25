from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    verbose_name = "Главная и страницы"

    def ready(self) -> None:
        from portal.core.context import add_footer_column, show_pages  # noqa: PLC0415 (models are loaded only now)
        from portal.core.letter_kinds import register_kinds_from  # noqa: PLC0415
        from portal.home import privacy  # noqa: F401, PLC0415
        from portal.home.navigation import (  # noqa: PLC0415
            FOOTER,
            PAGES_IN_FOOTER,
            about_links,
            contact_links,
            section_links,
        )

        show_pages(FOOTER, PAGES_IN_FOOTER)
        add_footer_column("Разделы", section_links)
        add_footer_column("О портале", about_links)
        add_footer_column("Связаться", contact_links)
        register_kinds_from(Path(__file__).parent / "reference" / "letters.yaml")
