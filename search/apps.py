"""The search app: the Russian analysis and the engines at its bottom, pages over all types at its top."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Поиск"
