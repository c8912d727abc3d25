from __future__ import annotations

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    name = "portal.vocabularies"
    verbose_name = "Справочники"

    def ready(self) -> None:
        from portal.vocabularies import receivers  # noqa: F401, PLC0415 (models are loaded only now)
