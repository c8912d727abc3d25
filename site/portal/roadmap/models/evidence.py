"""What proves a plan: links that editors put on pages, and dated facts that owners confirm."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from portal.core.models import RowOnce
from portal.core.publicity import is_public
from portal.roadmap.enums import FactState
from portal.roadmap.models.plan import PlanItem


class EvidenceLink(RowOnce):
    """A page says that it proves an item; part of the page's revisions, so a draft proves nothing."""

    once = "item"

    page = ParentalKey(Page, verbose_name="страница", on_delete=models.CASCADE, related_name="evidence_links")
    item = models.ForeignKey(PlanItem, verbose_name="пункт", on_delete=models.CASCADE, related_name="evidence_links")
    amount = models.PositiveIntegerField(
        "сколько засчитать", default=1, validators=[MinValueValidator(1)], help_text="В единицах плана пункта."
    )

    class Meta:
        verbose_name = "пункт дорожной карты"
        verbose_name_plural = "пункты дорожной карты"
        constraints = [models.UniqueConstraint(fields=["page", "item"], name="evidence_once")]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.item_id}"


class FactQuerySet(models.QuerySet["Fact"]):
    def counted(self) -> FactQuerySet:
        """Facts that make up «факт»: confirmed and not withdrawn."""
        return self.filter(state=FactState.CONFIRMED, is_withdrawn=False)


class Fact(models.Model):
    """A dated update of an item: what happened, how much it adds, and what its owner said of it.

    Written by `domain.facts.record_fact` only. `source_key` names what it comes from (`page:12`, later an agreement,
    a run of a programme, attendance; `manual:…` for an update by hand), once for an item.
    """

    item = models.ForeignKey(PlanItem, verbose_name="пункт", on_delete=models.CASCADE, related_name="facts")
    source_key = models.CharField("источник", max_length=80)
    page = models.ForeignKey(
        Page, verbose_name="страница", null=True, blank=True, on_delete=models.SET_NULL, related_name="facts"
    )
    title = models.CharField("что произошло", max_length=255)
    text = models.TextField("подробности", blank=True)
    image = models.ForeignKey(
        "files.PortalImage", verbose_name="снимок", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image_alt = models.CharField("описание снимка", max_length=160, blank=True)
    document = models.ForeignKey(
        "files.PortalDocument", verbose_name="файл", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField("когда", db_index=True)
    amount = models.PositiveIntegerField("сколько засчитать", default=1)
    shown_from = models.DateTimeField("показывать с", null=True, blank=True)
    state = models.CharField("состояние", max_length=20, choices=FactState, default=FactState.PROPOSED)
    is_withdrawn = models.BooleanField("снято с публикации", default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто решил",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decided_facts",
    )
    decided_at = models.DateTimeField("когда решено", null=True, blank=True)
    decision_note = models.TextField("почему", blank=True)
    created_at = models.DateTimeField("записан", default=timezone.now)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = "факт"
        verbose_name_plural = "факты"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "source_key"], name="fact_source_once")]
        indexes = [
            models.Index(
                fields=["item"], condition=Q(state=FactState.CONFIRMED, is_withdrawn=False), name="fact_counted"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def shows_its_files(self) -> bool:
        """Tell whether anybody may have the picture and the file: the fact is counted and shown, on a public plan."""
        if self.is_withdrawn or self.state != FactState.CONFIRMED:
            return False
        if self.shown_from is not None and self.shown_from > timezone.now():
            return False
        return is_public(self.item.plan) and (self.page is None or is_public(self.page))
