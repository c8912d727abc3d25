from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "portal.mailing"
    verbose_name = "Уведомления и рассылки"

    def ready(self) -> None:
        from portal.core import cabinet  # noqa: PLC0415 (models are loaded only now)
        from portal.core.letter_kinds import register_kinds_from  # noqa: PLC0415 (as above)
        from portal.mailing import duties, privacy  # noqa: F401, PLC0415 (as above)

        register_kinds_from(Path(__file__).parent / "reference" / "letters.yaml")
        cabinet.register_section(
            cabinet.Section("notices", "Уведомления", "notices", visible=lambda user: True, order=80)
        )
