"""Practices from a table, at the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal.core.sheets import SheetError
from practices.domain.importing import Report, import_practices


class Command(BaseCommand):
    help = (
        "Загружает практики из таблицы (JSON Lines, XLSX, CSV). Без --commit только показывает, что изменится; "
        "с ним записывает всё или ничего."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="таблица")
        parser.add_argument("--commit", action="store_true", help="записать")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                report = import_practices(file, commit=options["commit"], progress=self._progress)
        except OSError as error:
            raise CommandError(f"Файл не открывается: {error.strerror}.") from error
        except SheetError as error:
            raise CommandError(f"Ничего не изменено. {error}") from error
        except ValidationError as error:
            raise CommandError(f"Ничего не изменено. {'; '.join(error.messages)}") from error
        self._tell(report, commit=options["commit"])

    def _tell(self, report: Report, *, commit: bool) -> None:
        for number, problem in report.problems:
            self.stdout.write(f"строка {number}: {problem}")
        self.stdout.write(
            f"Строк: {report.rows}. Новых: {len(report.new)}, изменённых: {len(report.changed)}, "
            f"без изменений: {report.unchanged}."
        )
        for title, names in (("Новые организации", report.organisations), ("Новые темы", report.tags)):
            if names:
                self.stdout.write(f"{title}: {'; '.join(names)}.")
        if report.problems:
            raise CommandError("Ничего не изменено: исправьте названные строки и повторите.")
        if report.written:
            self.stdout.write(self.style.SUCCESS("Записано и опубликовано."))
        elif commit:
            self.stdout.write("Записывать нечего.")
        else:
            self.stdout.write("Это проверка, ничего не записано. Чтобы записать, добавьте --commit.")

    def _progress(self, stage: str, done: int, total: int) -> None:
        self.stderr.write(f"{stage}: {done}" + (f" из {total}" if total and total != done else ""))
