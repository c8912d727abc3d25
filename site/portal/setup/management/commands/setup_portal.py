"""Makes what a real start needs: vocabularies, municipalities, sections, groups, texts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.setup.order import run_setup


class Command(BaseCommand):
    help = "Создаёт недостающее для начала работы: словари, муниципалитеты, разделы, группы, тексты. Правки не трогает."

    def handle(self, *args: Any, **options: Any) -> None:
        made = 0
        for line in run_setup():
            made += 1
            self.stdout.write(f"  {line}")
        self.stdout.write("Портал подготовлен." if made else "Портал уже подготовлен, создавать нечего.")
