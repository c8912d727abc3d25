"""Prints the demonstration accounts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.demo.accounts import describe


class Command(BaseCommand):
    help = "Печатает демонстрационные учётные записи и их пароль."

    def handle(self, *args: Any, **options: Any) -> None:
        lines = list(describe())
        for line in ["Демонстрационные входы:", *lines] if lines else ["Демонстрационных учётных записей нет."]:
            self.stdout.write(line)
