"""Dictionaries: closed vocabularies in one table of terms, and topics (tags) with their old names."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from taggit.models import TagBase
from wagtail.fields import RichTextField

from portal.core.fields import MatchKeyField, SortKeyField
from portal.vocabularies.enums import Vocabulary


class TermQuerySet(models.QuerySet["Term"]):
    def of(self, vocabulary: str) -> TermQuerySet:
        """Terms of one vocabulary in the order editors gave them."""
        return self.filter(vocabulary=vocabulary).order_by("order", "title_sort")


class Term(models.Model):
    """A value of a closed vocabulary (an educational area, an age, a kind of practice …)."""

    vocabulary = models.CharField("справочник", max_length=30, choices=Vocabulary, editable=False)
    slug = models.SlugField("код в адресе", max_length=60)
    title = models.CharField("название", max_length=300)
    short_title = models.CharField(
        "коротко", max_length=80, blank=True, help_text="Для узких мест: карточек и фильтров."
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
            models.UniqueConstraint(fields=["vocabulary", "slug"], name="term_slug"),
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


class Tag(TagBase):
    """A topic: an open, moderated vocabulary with a page of its own for each value."""

    name = models.CharField("название", max_length=100)
    slug = models.SlugField("код в адресе", max_length=100, unique=True)
    group = models.ForeignKey(
        Term,
        verbose_name="группа тем",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.TAG_GROUP},
    )
    intro = RichTextField("вступление на странице темы", blank=True, features=["bold", "italic", "ol", "ul", "link"])
    name_match = MatchKeyField(unique=True)
    name_sort = SortKeyField(db_index=True)

    free_tagging = True

    class Meta:
        verbose_name = "тема"
        verbose_name_plural = "темы"
        ordering = ["name_sort"]

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


class TagAlias(models.Model):
    """Another name of a topic: a synonym people search by, or a former name whose address still leads here."""

    tag = models.ForeignKey(Tag, verbose_name="тема", on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("название", max_length=100)
    slug = models.SlugField("код в адресе", max_length=100, unique=True)
    name_match = MatchKeyField(unique=True)

    class Meta:
        verbose_name = "другое название темы"
        verbose_name_plural = "другие названия тем"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class _VocabularyManager(models.Manager["Term"]):
    def __init__(self, vocabulary: str) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def get_queryset(self) -> models.QuerySet[Term]:
        return super().get_queryset().filter(vocabulary=self._vocabulary)

    def create(self, **kwargs: Any) -> Term:
        return super().create(vocabulary=self._vocabulary, **kwargs)


def _proxy(name: str, vocabulary: Vocabulary, singular: str) -> type[Term]:
    meta = type(
        "Meta",
        (),
        {
            "proxy": True,
            "verbose_name": singular,
            "verbose_name_plural": str(vocabulary.label).lower(),
            "app_label": "vocabularies",
        },
    )
    return type(
        name,
        (Term,),
        {
            "__module__": __name__,
            "__doc__": f"Terms of the vocabulary «{vocabulary.label}».",
            "Meta": meta,
            "VOCABULARY": vocabulary,
            "objects": _VocabularyManager(vocabulary),
        },
    )


EducationalArea = _proxy("EducationalArea", Vocabulary.AREA, "образовательная область")
AgeGroup = _proxy("AgeGroup", Vocabulary.AGE, "возраст")
GroupKind = _proxy("GroupKind", Vocabulary.GROUP_KIND, "направленность группы")
QualityArea = _proxy("QualityArea", Vocabulary.QUALITY_AREA, "область качества или показатель")
Audience = _proxy("Audience", Vocabulary.AUDIENCE, "аудитория")
Position = _proxy("Position", Vocabulary.POSITION, "должность")
SpecialNeed = _proxy("SpecialNeed", Vocabulary.NEED, "особая потребность")
PracticeKind = _proxy("PracticeKind", Vocabulary.KIND, "вид практики")
Maturity = _proxy("Maturity", Vocabulary.MATURITY, "степень зрелости")
ApprobationLevel = _proxy("ApprobationLevel", Vocabulary.APPROBATION, "уровень представления")
Licence = _proxy("Licence", Vocabulary.LICENCE, "условие использования")
OrganisationKind = _proxy("OrganisationKind", Vocabulary.ORGANISATION_KIND, "вид организации")
NewsCategory = _proxy("NewsCategory", Vocabulary.NEWS_CATEGORY, "рубрика новостей")
DocumentKind = _proxy("DocumentKind", Vocabulary.DOCUMENT_KIND, "вид документа")
TagGroup = _proxy("TagGroup", Vocabulary.TAG_GROUP, "группа тем")
DeficitGroup = _proxy("DeficitGroup", Vocabulary.DEFICIT_GROUP, "группа затруднений")
Deficit = _proxy("Deficit", Vocabulary.DEFICIT, "затруднение")

VOCABULARY_MODELS: dict[str, type[Term]] = {
    model.VOCABULARY: model  # type: ignore[attr-defined]
    for model in (
        EducationalArea,
        AgeGroup,
        GroupKind,
        QualityArea,
        Audience,
        Position,
        SpecialNeed,
        PracticeKind,
        Maturity,
        ApprobationLevel,
        Licence,
        OrganisationKind,
        NewsCategory,
        DocumentKind,
        TagGroup,
        DeficitGroup,
        Deficit,
    )
}
