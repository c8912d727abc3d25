"""Closed sets of the bank of practices that are code, not content."""

from __future__ import annotations

import datetime as dt

from django.db import models

SECTION_URL = "/practices/"  # fixed by the design: the section's slug is locked
PROCEDURE = "practices"  # its windows of intake
NUMBER_SERIES = "ПР"


class RecognitionLevel(models.TextChoices):
    """How the council recognised a practice; given with a date and, when it may run out, an end."""

    PRESENTED = "presented", "представлена"
    RECOMMENDED = "recommended", "рекомендована"
    BEST = "best", "лучшая"

    @classmethod
    def holding(cls, level: str, until: dt.date | None, today: dt.date) -> RecognitionLevel:
        """Return the recognition that holds `today`: one that has run out counts as presented."""
        return cls.PRESENTED if until is not None and until < today else cls(level)


class Cost(models.IntegerChoices):
    """What a repetition costs a kindergarten beyond what it has, in words of money."""

    NONE = 0, "без затрат"
    LOW = 1, "до 10 тысяч рублей"
    MEDIUM = 2, "10–50 тысяч рублей"
    HIGH = 3, "больше 50 тысяч рублей"


class LaunchTime(models.IntegerChoices):
    """How long a kindergarten needs from the decision to the first work with children."""

    WEEKS = 1, "до месяца"
    QUARTER = 2, "один–три месяца"
    YEAR = 3, "больше трёх месяцев"


class Evidence(models.IntegerChoices):
    """How well the result is proved; says nothing of what happens in another kindergarten."""

    NONE = 0, "замеров нет"
    ONE = 1, "замеры одного года"
    SEVERAL = 2, "замеры нескольких лет"
    REPEATED = 3, "подтверждена в других детских садах"


class SubmissionStatus(models.TextChoices):
    """Where a submission is. The labels are those of the office; people outside it read `PUBLIC_LABELS`."""

    DRAFT = "draft", "Черновик"
    HEAD_CONFIRMATION = "head_confirmation", "Ждёт руководителя"
    FORMAL_CHECK = "formal_check", "Формальная проверка"
    EXPERTISE = "expertise", "Экспертиза"
    REVISION = "revision", "На доработке"
    COUNCIL = "council", "Совет"
    ACCEPTED = "accepted", "Принята"
    AUTHOR_APPROVAL = "author_approval", "Согласование текста"
    PUBLISHED = "published", "Опубликована"
    REJECTED = "rejected", "Отклонена"
    WITHDRAWN = "withdrawn", "Отозвана"
    ARCHIVED = "archived", "В архиве"


PUBLIC_LABELS: dict[str, str] = {
    SubmissionStatus.DRAFT: "Черновик",
    SubmissionStatus.HEAD_CONFIRMATION: "Ждёт подтверждения руководителя",
    SubmissionStatus.FORMAL_CHECK: "Проверяем, всё ли на месте",
    SubmissionStatus.EXPERTISE: "Читают эксперты",
    SubmissionStatus.REVISION: "Нужны исправления",
    SubmissionStatus.COUNCIL: "Решает совет",
    SubmissionStatus.ACCEPTED: "Принята, редактор готовит страницу",
    SubmissionStatus.AUTHOR_APPROVAL: "Посмотрите правку редактора",
    SubmissionStatus.PUBLISHED: "Опубликована",
    SubmissionStatus.REJECTED: "Не принята",
    SubmissionStatus.WITHDRAWN: "Отозвана",
    SubmissionStatus.ARCHIVED: "В архиве",
}

EDITABLE = frozenset({SubmissionStatus.DRAFT, SubmissionStatus.REVISION})  # the author writes
UNSENT = frozenset({SubmissionStatus.DRAFT, SubmissionStatus.HEAD_CONFIRMATION})  # still inside the organisation
IN_WORK = frozenset(
    {
        SubmissionStatus.FORMAL_CHECK,
        SubmissionStatus.EXPERTISE,
        SubmissionStatus.REVISION,
        SubmissionStatus.COUNCIL,
        SubmissionStatus.ACCEPTED,
        SubmissionStatus.AUTHOR_APPROVAL,
    }
)
CLOSED = frozenset({SubmissionStatus.REJECTED, SubmissionStatus.WITHDRAWN, SubmissionStatus.ARCHIVED})
WITHDRAWABLE = UNSENT | IN_WORK  # any status before published
MOST_RETURNS = 2  # of one stage
