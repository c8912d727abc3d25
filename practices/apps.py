from __future__ import annotations

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = "Банк практик"

    def ready(self) -> None:
        from practices import checks, duties, privacy, receivers  # noqa: F401, PLC0415 (models are loaded only now)
