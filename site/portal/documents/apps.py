from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "portal.documents"
    label = "official_documents"  # Wagtail's own library of files has the name `documents`
    verbose_name = "Документы"

    def ready(self) -> None:
        from portal.documents import receivers  # noqa: F401, PLC0415 (models are loaded only now)
