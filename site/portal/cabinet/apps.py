from __future__ import annotations

from django.apps import AppConfig


class CabinetConfig(AppConfig):
    name = "portal.cabinet"
    label = "cabinet"
    verbose_name = "Кабинет"

    def ready(self) -> None:
        from portal.core.cabinet import Section, register_section  # noqa: PLC0415 (models are loaded only now)

        register_section(Section("tasks", "Мои задачи", "cabinet", lambda user: True, order=0))
