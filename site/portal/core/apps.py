from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "portal.core"
    verbose_name = "Основа портала"

    def ready(self) -> None:
        from portal.core import consent_uses, duties, holdings, receivers  # noqa: F401, PLC0415 (models are loaded only now)
        from portal.core.letter_kinds import register_kinds_from  # noqa: PLC0415 (as above)

        consent_uses.register("pages", consent_uses.named_on_pages)
        register_kinds_from(Path(__file__).parent / "reference" / "letters.yaml")
