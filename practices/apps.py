from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = "Банк практик"

    def ready(self) -> None:
        from portal.core.letter_kinds import register_kinds_from  # noqa: PLC0415 (models are loaded only now)
        from practices import checks, duties, privacy, receivers  # noqa: F401, PLC0415 (the same)

        register_kinds_from(Path(__file__).parent / "reference" / "letters_authors.yaml")
