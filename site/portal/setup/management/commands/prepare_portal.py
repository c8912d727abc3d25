"""Brings the portal to where it can be served: database, reference rows, demonstration, search index, static files."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from portal.setup.preparation import prepare


class Command(BaseCommand):
    help = "Готовит портал к работе: база, словари и разделы, поиск, статика. Сделанное раньше не повторяет."
    requires_system_checks = []  # the steps check what they need; the checks take as long as a whole second start

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-demo", action="store_true", help="загрузить и демонстрационное наполнение, один раз"
        )

    def handle(self, *args: Any, with_demo: bool = False, **options: Any) -> None:
        began = time.monotonic()
        for line in prepare(with_demo=with_demo):
            self.stdout.write(f"  {line}")
            self.stdout.flush()
        self.stdout.write(f"Портал готов за {time.monotonic() - began:.0f} с.")
        if with_demo and "demo_accounts" in get_commands():
            call_command("demo_accounts", stdout=self.stdout)
