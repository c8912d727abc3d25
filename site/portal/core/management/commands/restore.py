"""Puts back what `backup` has copied, in place of everything that is there."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.core.backups import BackupError, restore_backup
from portal.core.privacy import apply_withdrawals_again


class Command(BaseCommand):
    help = "Возвращает портал из копии. Нынешние база и файлы заменяются; портал перед этим остановите."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="папка, сделанная командой backup")
        parser.add_argument("--yes", action="store_true", help="не спрашивать подтверждения")

    def handle(self, *args: Any, folder: Path, yes: bool = False, **options: Any) -> None:
        if not yes and input("Нынешние база и файлы будут заменены. Напишите «да», чтобы продолжить: ").strip() != "да":
            raise CommandError("Ничего не изменено.")
        try:
            for line in restore_backup(folder):
                self.stdout.write(line)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self._withdraw_again()

    def _withdraw_again(self) -> None:
        """Apply what people took back after the copy was made, unless the copy is of an older release."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("копия прежнего выпуска: отзывы согласий применит команда setup_portal при запуске")
            return
        self.stdout.write(f"отзывы согласий, сделанные после копии, применены: {apply_withdrawals_again()}")
