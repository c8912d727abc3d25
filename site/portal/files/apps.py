from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "portal.files"
    verbose_name = "Файлы"

    def ready(self) -> None:
        from portal.files import duties, receivers  # noqa: F401, PLC0415 (models are loaded only now)
