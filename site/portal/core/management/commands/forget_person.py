"""Erase what the portal holds of a person, by e-mail, and print the act of it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from portal.core import privacy


class Command(BaseCommand):
    help = "Удалить персональные данные человека по адресу почты. Без --commit только показывает, что будет сделано."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="адрес электронной почты")
        parser.add_argument("--commit", action="store_true", help="удалить на самом деле")

    def handle(self, *args: Any, email: str, commit: bool, **options: Any) -> None:
        email = email.strip().lower()
        if not privacy.find_person(email=email):
            raise CommandError(f"О {email} портал ничего не хранит.")
        with transaction.atomic():
            act = privacy.erase_person(email=email)
            if not commit:
                transaction.set_rollback(True)
        self.stdout.write(f"АКТ об удалении персональных данных, {timezone.localtime():%d.%m.%Y %H:%M:%S}")
        self.stdout.write(f"Субъект: {email}")
        for number, line in enumerate(act, 1):
            self.stdout.write(f"{number}. {line}")
        if not commit:
            self.stdout.write("Это проба: ничего не удалено. Чтобы удалить, добавьте --commit.")
