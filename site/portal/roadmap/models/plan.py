"""Sections and items of a plan: rows with stable ids that facts and history hang on."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from portal.roadmap.enums import ItemStatus, Recurrence
from portal.roadmap.models.pages import RoadmapPage
from portal.roadmap.models.parties import Party, PartyPerson


class PlanSection(models.Model):
    """A section with its heading as the document writes it, number or not."""

    plan = models.ForeignKey(RoadmapPage, verbose_name="план", on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField("порядок")
    heading = models.TextField("заголовок, как в документе")
    title = models.TextField("заголовок без номера")
    slug = models.SlugField("код в адресе", max_length=60)

    class Meta:
        verbose_name = "раздел плана"
        verbose_name_plural = "разделы плана"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="plan_section_order"),
            models.UniqueConstraint(fields=["plan", "slug"], name="plan_section_slug"),
        ]

    def __str__(self) -> str:
        return self.title


class PlanItem(models.Model):
    """An item: the words of the document beside what a machine can reckon with.

    The `*_text` fields hold the cells of the approved table letter for letter; the number may be blank (the fourth
    row of 2021–2022), the period may be «1 раз в квартал».
    """

    plan = models.ForeignKey(RoadmapPage, verbose_name="план", on_delete=models.CASCADE, related_name="items")
    section = models.ForeignKey(PlanSection, verbose_name="раздел", on_delete=models.RESTRICT, related_name="items")
    position = models.PositiveSmallIntegerField("место в плане")
    number_text = models.CharField("№", max_length=20, blank=True)
    period_text = models.CharField("сроки", max_length=200, blank=True)
    title_text = models.TextField("наименование")
    result_text = models.TextField("планируемый результат", blank=True)
    responsible_text = models.TextField("ответственный", blank=True)

    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    recurrence = models.CharField("повторяется", max_length=10, choices=Recurrence, default=Recurrence.ONCE, blank=True)
    planned = models.PositiveIntegerField(
        "план",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Сколько должно быть; пустой — пункт исполняется один раз.",
    )
    unit = models.CharField("единица", max_length=60, blank=True, help_text="мероприятия, практики, соглашения")
    note = models.TextField(
        "пояснение", blank=True, help_text="Видно всем: например, что сроки и результат в документе расходятся."
    )
    depends_on = models.ManyToManyField(
        "self", verbose_name="опирается на", symmetrical=False, blank=True, related_name="needed_by"
    )
    responsible_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ответственный за пункт",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_items",
    )
    parties = models.ManyToManyField(
        Party, through="roadmap.ItemResponsible", verbose_name="ответственные", related_name="items"
    )

    status_override = models.CharField("статус вручную", max_length=20, choices=ItemStatus, blank=True, default="")
    status_reason = models.TextField("почему", blank=True)
    overdue_warned_on = models.DateField("о просрочке предупреждён", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "пункт плана"
        verbose_name_plural = "пункты плана"
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plan_item_position"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plan_item_dates"),
            models.CheckConstraint(condition=Q(planned=None) | Q(planned__gte=1), name="plan_item_planned"),
        ]

    def __str__(self) -> str:
        return f"{self.label}. {self.title}"

    @property
    def title(self) -> str:
        """The wording in one line."""
        return " ".join(self.title_text.split())

    @property
    def label(self) -> str:
        """The number as people name the item aloud; the place where the document gives none."""
        return self.number_text.strip().rstrip(".") or str(self.position)


class ItemResponsible(models.Model):
    """One responsible party of an item, with the person the document names."""

    item = models.ForeignKey(PlanItem, verbose_name="пункт", on_delete=models.CASCADE, related_name="responsible")
    party = models.ForeignKey(Party, verbose_name="сторона", on_delete=models.PROTECT, related_name="duties")
    person = models.ForeignKey(
        PartyPerson, verbose_name="лицо", null=True, blank=True, on_delete=models.SET_NULL, related_name="duties"
    )
    order = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "ответственный"
        verbose_name_plural = "ответственные"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "party"], name="item_party_once")]

    def __str__(self) -> str:
        return f"{self.party}, {self.person}" if self.person else str(self.party)
