"""Loads the demonstration: accounts, organisations, practices, news."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.demo.load import NotReadyError, load_demo
from portal.demo.scale.load import LARGEST, SMALLEST, load_scale


class Command(BaseCommand):
    help = "Загружает демонстрацию. Повторный запуск добавляет только недостающее и не трогает правки людей."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale", type=int, metavar="N", help=f"ещё N придуманных практик ({SMALLEST}…{LARGEST}) для проб скорости"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        scale = options["scale"]
        if scale is not None and not SMALLEST <= scale <= LARGEST:
            raise CommandError(f"--scale: от {SMALLEST} до {LARGEST}.")
        try:
            for line in chain(load_demo(), load_scale(scale) if scale is not None else ()):
                if options["verbosity"]:
                    self.stdout.write(line)
                    self.stdout.flush()
        except NotReadyError as error:
            raise CommandError(str(error)) from error
