from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    name = "portal.roadmap"
    verbose_name = "Дорожная карта"

    def ready(self) -> None:
        from portal.core import reminders  # noqa: PLC0415 (models are loaded only now)
        from portal.core.letter_kinds import register_kinds_from  # noqa: PLC0415 (models are loaded only now)
        from portal.roadmap import duties, privacy, receivers  # noqa: F401, PLC0415
        from portal.roadmap.domain.due import items_due  # noqa: PLC0415

        register_kinds_from(Path(__file__).parent / "reference" / "letters.yaml")
        reminders.register("roadmap", items_due)
