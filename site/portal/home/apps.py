from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    verbose_name = "Главная и страницы"

    def ready(self) -> None:
        from portal.core.context import add_footer_column  # noqa: PLC0415 (models are loaded only now)
        from portal.home import privacy  # noqa: F401, PLC0415
        from portal.home.navigation import about_links, participant_links  # noqa: PLC0415

        add_footer_column("Разделы", participant_links)
        add_footer_column("О портале", about_links)
