from __future__ import annotations

from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "portal.setup"
    label = "portal_setup"
    verbose_name = "Первый запуск"
