from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "portal.organisations"
    verbose_name = "Организации"

    def ready(self) -> None:
        from portal.organisations import privacy, receivers  # noqa: F401, PLC0415 (models are loaded only now)
