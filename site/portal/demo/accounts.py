"""Demonstration accounts: one list that the loader makes and that the start of the portal prints."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from portal.accounts.models import User
from portal.demo.ledger import Ledger
from portal.setup.groups import BANK_EDITORS, COORDINATORS, MODERATORS, NEWS_EDITORS

DEFAULT_PASSWORD = "portal-demo-2022"  # noqa: S105 - public on purpose: it opens nothing but a demonstration
DOMAIN = "example.org"


@dataclass(frozen=True)
class Account:
    """One demonstration account: the name before the @, what the person does, the group of the admin if any."""

    name: str
    role: str
    group: str = ""
    is_administrator: bool = False

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


ACCOUNTS = (
    Account("admin", "Администратор", is_administrator=True),
    Account("editor", "Редактор новостей, событий и конкурсов", NEWS_EDITORS),
    Account("editor2", "Редактор банка практик и документов", BANK_EDITORS),
    Account("moderator", "Модератор", MODERATORS),
    Account("owner", "Ответственный за план"),
    Account("expert1", "Первый эксперт"),
    Account("expert2", "Второй эксперт"),
    Account("expert3", "Третий эксперт"),
    Account("expert4", "Четвёртый эксперт"),
    Account("jury1", "Первый член жюри"),
    Account("jury2", "Второй член жюри"),
    Account("chair", "Председатель жюри"),
    Account("commission", "Член комиссии"),
    Account("head", "Заведующий"),
    Account("author", "Автор практики"),
    Account("colleague", "Соавтор практики"),
    Account("author2", "Автор из другого сада"),
    Account("teacher", "Педагог"),
    Account("trainee", "Стажёр"),
    Account("mentor", "Руководитель стажировки"),
    Account("mouo", "Координатор первого муниципалитета", COORDINATORS),
    Account("mouo2", "Координатор второго муниципалитета", COORDINATORS),
)


def password() -> str:
    """Return the password of all demonstration accounts: `DEMO_PASSWORD` of the environment or the default."""
    return os.environ.get("DEMO_PASSWORD") or DEFAULT_PASSWORD


def describe() -> Iterator[str]:
    """Yield a line for each demonstration account that can enter, then the password, for a person at the terminal.

    A password of one's own is not printed: logs are kept and read by others.
    """
    existing = set(User.objects.filter(is_demo=True, is_active=True).values_list("email", flat=True))
    for account in ACCOUNTS:
        if account.email in existing:
            yield f"{account.email:<26}{account.role}"
    if existing:
        own = password() != DEFAULT_PASSWORD
        yield "Пароль: тот, что был в DEMO_PASSWORD" if own else f"Пароль: {DEFAULT_PASSWORD}"


def load_accounts(ledger: Ledger) -> Iterator[str]:
    """Make the accounts that were never loaded; an address that somebody has already stays theirs."""
    secret = make_password(password()) if any(ledger.is_due(_key(account)) for account in ACCOUNTS) else ""
    for account in ACCOUNTS:
        with ledger.unit(_key(account)) as due:
            if not due:
                continue
            if User.objects.filter(email=account.email).exists():
                yield f"{account.email}: адрес занят, учётная запись оставлена как есть"
                continue
            _make(account, secret)


def _key(account: Account) -> str:
    return f"account:{account.name}"


def _make(account: Account, secret: str) -> None:
    """`secret` is the hashed password, reckoned once for all: a hash is slow on purpose."""
    user = User(
        email=account.email,
        last_name="Демонстрация",
        first_name=account.role,
        position=account.role,
        is_staff=account.is_administrator,
        is_superuser=account.is_administrator,
        password=secret,
        is_demo=True,
    )
    user.save()
    user.confirm_email()
    if account.group:
        user.groups.add(Group.objects.get_or_create(name=account.group)[0])
