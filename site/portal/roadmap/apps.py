from __future__ import annotations

from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    name = "portal.roadmap"
    verbose_name = "Дорожная карта"

    def ready(self) -> None:
        from portal.roadmap import privacy  # noqa: F401, PLC0415 (models are loaded only now)
