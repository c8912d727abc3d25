from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "portal.core"
    verbose_name = "Основа портала"

    def ready(self) -> None:
        from portal.core import duties, holdings, receivers  # noqa: F401, PLC0415 (models are loaded only now)
