from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "portal.intake"
    verbose_name = "Приём заявок"

    def ready(self) -> None:
        from portal.intake import privacy  # noqa: F401, PLC0415 (models are loaded only now)
