"""The one table of closed vocabularies."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from portal.core.fields import MatchKeyField, SortKeyField
from portal.core.matching import refuse_same_name
from portal.core.slugs import free_slug
from portal.vocabularies.enums import Vocabulary


class TermQuerySet(models.QuerySet["Term"]):
    def of(self, vocabulary: str) -> TermQuerySet:
        """Terms of one vocabulary in the order editors gave them."""
        return self.filter(vocabulary=vocabulary).order_by("order", "title_sort")


class Term(models.Model):
    """A value of a closed vocabulary (an educational area, an age, a kind of practice …)."""

    vocabulary = models.CharField("справочник", max_length=30, choices=Vocabulary, editable=False)
    title = models.CharField("название", max_length=300)
    short_title = models.CharField(
        "коротко", max_length=80, blank=True, help_text="Для узких мест: карточек и фильтров."
    )
    slug = models.SlugField(
        "код в адресе",
        max_length=60,
        blank=True,
        help_text="Латиницей; пустой заполнится сам. Стоит в адресах с фильтрами, поэтому лучше не менять.",
    )
    description = models.TextField("пояснение", blank=True)
    order = models.PositiveSmallIntegerField("порядок", default=0)
    parent = models.ForeignKey(
        "self", verbose_name="входит в", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    data = models.JSONField("дополнительные сведения", default=dict, blank=True)
    title_match = MatchKeyField(source="title")
    title_sort = SortKeyField(source="title")

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "значение справочника"
        verbose_name_plural = "значения справочников"
        ordering = ["vocabulary", "order", "title_sort"]
        constraints = [
            models.UniqueConstraint(
                fields=["vocabulary", "slug"],
                name="term_slug",
                violation_error_message="Такой код в этом справочнике уже есть.",
            ),
            models.UniqueConstraint(fields=["vocabulary", "parent", "title_match"], name="term_title"),
            models.UniqueConstraint(
                fields=["vocabulary", "title_match"], condition=models.Q(parent=None), name="term_root_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """The short title where there is one."""
        return self.short_title or self.title

    def clean(self) -> None:
        same_slug = Term.objects.filter(vocabulary=self.vocabulary).exclude(pk=self.pk)
        if not self.slug:
            self.slug = free_slug(self.title, lambda slug: same_slug.filter(slug=slug).exists())
        siblings = Term.objects.filter(vocabulary=self.vocabulary, parent_id=self.parent_id)
        refuse_same_name(self, "title", siblings, key="title_match")
        if self.parent is not None and (self.parent.parent_id is not None or self.parent_id == self.pk):
            raise ValidationError({"parent": "Выберите значение верхнего уровня: больше двух уровней не бывает."})
        if self.parent is not None and self.pk and self.children.exists():
            raise ValidationError({"parent": "В это значение входят другие, поэтому само оно остаётся верхним."})
