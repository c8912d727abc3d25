from __future__ import annotations

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "portal.opendata"
    verbose_name = "Открытые данные"
