from __future__ import annotations

from django.apps import AppConfig


class ContestsConfig(AppConfig):
    name = "contests"
    verbose_name = "Конкурсы"

    def ready(self) -> None:
        from contests import privacy, receivers  # noqa: F401, PLC0415 (models must be loaded)
