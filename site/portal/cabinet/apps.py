from __future__ import annotations

from django.apps import AppConfig


class CabinetConfig(AppConfig):
    name = "portal.cabinet"
    label = "cabinet"
    verbose_name = "Кабинет"

    def ready(self) -> None:
        from portal.core.cabinet import Section, register_section  # noqa: PLC0415 (models are loaded only now)

        register_section(Section("tasks", "Мои задачи", "cabinet", lambda user: True, order=0))
        register_section(Section("consents", "Мои согласия", "my_consents", lambda user: True, order=85))
        register_section(Section("account", "Моя учётная запись", "account_profile", lambda user: True, order=95))
