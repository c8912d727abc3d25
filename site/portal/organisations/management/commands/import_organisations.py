"""Organisations from a table, at the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.core.sheets import SheetError
from portal.organisations.domain.importing import import_organisations


class Command(BaseCommand):
    help = "Загружает организации из таблицы (XLSX, CSV, JSON Lines). Без --commit только показывает, что изменится."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="таблица")
        parser.add_argument("--commit", action="store_true", help="записать: всё или ничего")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                report = import_organisations(file, commit=options["commit"], progress=self._progress)
        except OSError as error:
            raise CommandError(f"Файл не открывается: {error.strerror}.") from error
        except SheetError as error:
            raise CommandError(str(error)) from error
        for refusal in report.refused:
            self.stdout.write(f"строка {refusal.row} «{refusal.name}»: {'; '.join(refusal.reasons)}")
        for change in report.changed:
            fields = "; ".join(f"{title}: {before or '—'} → {after or '—'}" for title, before, after in change.fields)
            self.stdout.write(f"строка {change.row} «{change.name}»: {fields}")
        self.stdout.write(
            f"Новых: {len(report.new)}, изменённых: {len(report.changed)}, без изменений: {report.unchanged}, "
            f"не принято: {len(report.refused)}."
        )
        if report.refused:
            raise CommandError("Ничего не записано: исправьте строки и повторите.")
        if report.written:
            self.stdout.write(self.style.SUCCESS("Записано."))
        elif not options["commit"]:
            self.stdout.write("Это проверка: ничего не записано. Чтобы записать, добавьте --commit.")

    def _progress(self, count: int) -> None:
        self.stderr.write(f"прочитано строк: {count}")
