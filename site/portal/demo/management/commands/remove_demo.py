"""Removes the demonstration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.demo.remove import remove_demo


class Command(BaseCommand):
    help = "Удаляет демонстрацию: всё помеченное и его файлы. Сделанное людьми остаётся и называется."

    def handle(self, *args: Any, **options: Any) -> None:
        lines = list(self._tell())
        if not lines:
            self.stdout.write("Демонстрации нет, удалять нечего.")

    def _tell(self) -> Any:
        for line in remove_demo():
            self.stdout.write(line)
            yield line
