"""When the portal writes by itself: hours of the day and days before a term."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

MOST_DAYS = 60


@register_setting(icon="mail", order=110)
class LetterSettings(BaseGenericSetting):
    """Hours in which reminders and digests leave, and how long before a term people are reminded."""

    morning = models.PositiveSmallIntegerField(
        "с какого часа",
        default=8,
        validators=[MaxValueValidator(22)],
        help_text="Напоминания и сводки ночью не уходят: они ждут этого часа.",
    )
    evening = models.PositiveSmallIntegerField(
        "до какого часа", default=20, validators=[MaxValueValidator(23)], help_text="По времени портала."
    )
    reminder_days = models.CharField(
        "за сколько дней напоминать",
        max_length=60,
        default="7, 1, 0",
        help_text="Через запятую; 0 — в сам день срока.",
    )

    panels = [
        MultiFieldPanel([FieldPanel("morning"), FieldPanel("evening")], heading="Часы писем"),
        FieldPanel("reminder_days"),
    ]

    class Meta:
        verbose_name = "напоминания и сводки"
        verbose_name_plural = "напоминания и сводки"

    def clean(self) -> None:
        """Refuse an evening before the morning and days that are no numbers."""
        errors: dict[str, str] = {}
        if self.evening <= self.morning:
            errors["evening"] = "Вечер должен быть позже утра."
        try:
            days = self.days
        except ValueError:
            errors["reminder_days"] = "Напишите числа через запятую, например: 7, 1, 0."
        else:
            if not days or max(days) > MOST_DAYS:
                errors["reminder_days"] = f"Нужно хотя бы одно число, самое большое {MOST_DAYS}."
        if errors:
            raise ValidationError(errors)

    @property
    def days(self) -> list[int]:
        """Days before a term, the nearest first; raises ValueError when the text holds no numbers."""
        return sorted({abs(int(part)) for part in self.reminder_days.split(",") if part.strip()})
