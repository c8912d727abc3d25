"""Closed lists of the roadmap."""

from __future__ import annotations

from django.db import models


class ItemStatus(models.TextChoices):
    """Where an item stands; derived from dates and facts unless its owner overrode it with a reason."""

    NOT_STARTED = "not_started", "не начат"
    RUNNING = "running", "идёт"
    DONE = "done", "выполнен"
    OVERDUE = "overdue", "просрочен"
    CANCELLED = "cancelled", "снят"
    UNKNOWN = "unknown", "нет сведений"  # only in archived plans


# What a person may choose: «просрочен» follows from dates, «нет сведений» from silence.
OVERRIDES = (ItemStatus.NOT_STARTED, ItemStatus.RUNNING, ItemStatus.DONE, ItemStatus.CANCELLED)


class Recurrence(models.TextChoices):
    """How often an item is due within its period."""

    ONCE = "", "один раз"
    MONTHLY = "month", "каждый месяц"
    QUARTERLY = "quarter", "каждый квартал"
    HALF_YEARLY = "half_year", "каждое полугодие"


class FactState(models.TextChoices):
    """What the owner of the item said of a fact; only confirmed ones count."""

    PROPOSED = "proposed", "предложен"
    CONFIRMED = "confirmed", "подтверждён"
    REFUSED = "refused", "не засчитан"


class PartyKind(models.TextChoices):
    """Who is responsible: one organisation or a class of them."""

    ORGANISATION = "organisation", "организация"
    GROUP = "group", "группа организаций или должностей"


class ChangeKind(models.TextChoices):
    """What was changed in a plan."""

    DATES = "dates", "сроки"
    STATUS = "status", "статус"
    QUANTITY = "quantity", "план"
    WORDING = "wording", "формулировка"
    RESPONSIBLE = "responsible", "ответственные"
    FACT = "fact", "факт"
