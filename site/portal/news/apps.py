from __future__ import annotations

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "portal.news"
    verbose_name = "Новости"

    def ready(self) -> None:
        from portal.core import mentions  # noqa: PLC0415 (models are loaded only now)
        from portal.news import queries  # noqa: PLC0415

        mentions.register(queries.about)
