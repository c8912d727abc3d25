"""People of the portal: one account per e-mail address, used on the site and in the admin alike."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils import timezone

from portal.core.fields import MatchKeyField, SortKeyField
from portal.core.models import Demonstrable


class PortalUserManager(UserManager["User"]):
    """Makes accounts by e-mail: there are no user names."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())

    def _create(self, email: str, password: str | None, **extra: Any) -> User:
        if not email:
            raise ValueError("У учётной записи должна быть электронная почта")
        user = self.model(email=email, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:  # type: ignore[override]
        """Return a new ordinary account."""
        return self._create(email, password, **{"is_staff": False, "is_superuser": False, **extra})

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:  # type: ignore[override]
        """Return a new administrator; the mailbox is taken for confirmed, the account being made at the server."""
        user = self._create(email, password, **{"is_staff": True, "is_superuser": True, **extra})
        user.confirm_email()
        return user


class LowercaseEmailField(models.EmailField):
    """An address kept in lower case, so that one mailbox is one account."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value.lower() if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        lowered = value.lower() if isinstance(value, str) else value
        setattr(model_instance, self.attname, lowered)
        return lowered


class User(Demonstrable, AbstractUser):
    """A person with an account; roles come from groups and records of other apps, several at once."""

    username = None  # type: ignore[assignment]
    email = LowercaseEmailField(
        "электронная почта", unique=True, error_messages={"unique": "Учётная запись с этой почтой уже есть."}
    )
    first_name = models.CharField("имя", max_length=100, blank=True)
    patronymic = models.CharField("отчество", max_length=100, blank=True)
    last_name = models.CharField("фамилия", max_length=100, blank=True)
    position = models.CharField("должность", max_length=200, blank=True)
    name_key = MatchKeyField(source="full_name")
    name_sort = SortKeyField(source="full_name")

    objects: ClassVar[PortalUserManager] = PortalUserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "учётная запись"
        verbose_name_plural = "учётные записи"
        ordering = ["name_sort", "email"]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def full_name(self) -> str:
        """«Фамилия Имя Отчество» as far as it is known."""
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)

    def get_full_name(self) -> str:
        """Return «Фамилия Имя Отчество» as far as it is known."""
        return self.full_name

    def confirm_email(self) -> None:
        """Take the mailbox for proved without a letter: for accounts made at the server by who may do so."""
        addresses = self.emailaddress_set  # type: ignore[attr-defined]
        addresses.update_or_create(email=self.email, defaults={"verified": True, "primary": True})

    def get_short_name(self) -> str:
        """Return the name to greet by."""
        return " ".join(part for part in (self.first_name, self.patronymic) if part) or self.email


class ActingPeriod(models.Model):
    """One row of the journal «Работа от имени других»: which administrator worked as whom, from where, since when."""

    administrator = models.ForeignKey(
        User, verbose_name="администратор", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(
        User, verbose_name="от чьего имени", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    began_at = models.DateTimeField("начал")
    ends_by = models.DateTimeField("не позже")
    ended_at = models.DateTimeField("закончил", null=True, blank=True)
    address = models.GenericIPAddressField("сетевой адрес", null=True, blank=True)

    class Meta:
        verbose_name = "работа от имени другого"
        verbose_name_plural = "работа от имени других"
        ordering = ["-began_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.administrator or 'удалённая учётная запись'} как {self.person or 'удалённая учётная запись'}"

    @property
    def over_at(self) -> dt.datetime | None:
        """When it ended: by hand, by signing out, or by itself with its time; blank while it goes on."""
        if self.ended_at is None and self.ends_by <= timezone.now():
            return self.ends_by
        return self.ended_at


def display_name(user: User) -> str:
    """Return how letters and screens of the login call the person (allauth's ACCOUNT_USER_DISPLAY)."""
    return user.get_short_name()
