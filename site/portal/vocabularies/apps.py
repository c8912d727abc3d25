from __future__ import annotations

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    name = "portal.vocabularies"
    verbose_name = "Справочники"
