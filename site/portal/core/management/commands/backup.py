"""Copies the whole portal into a folder: database and files, while it works."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.backups import BackupError, make_backup


class Command(BaseCommand):
    help = "Копия портала в новую папку: база данных и файлы. Работать портал при этом не перестаёт."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="новая или пустая папка")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            for line in make_backup(folder):
                self.stdout.write(line)
        except BackupError as error:
            raise CommandError(str(error)) from error
