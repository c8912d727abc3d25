"""Proxies of the table of terms, one for each vocabulary: a screen in the admin and a name in code."""

# ruff: noqa: DJ008 (proxies inherit the __str__ of Term)

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models.terms import Term, TermQuerySet


class DictionaryManager(models.Manager["Term"]):
    """Rows of the vocabulary that the proxy names; new rows get it."""

    def get_queryset(self) -> TermQuerySet:
        return TermQuerySet(self.model, using=self._db).of(self.model.VOCABULARY)  # type: ignore[attr-defined]

    def create(self, **kwargs: Any) -> Term:
        """Return a new term of this vocabulary."""
        return super().create(**{**kwargs, "vocabulary": self.model.VOCABULARY})  # type: ignore[attr-defined]


class DictionaryTerm(models.Model):
    """Common part of the proxies: which vocabulary, and which one its parents come from."""

    VOCABULARY: ClassVar[Vocabulary]
    PARENTS: ClassVar[Vocabulary | None] = None  # None: values of this dictionary stand in no others

    objects: ClassVar[Any] = DictionaryManager()

    class Meta:
        abstract = True


class EducationalArea(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.AREA

    class Meta:
        proxy = True
        verbose_name = "образовательная область"
        verbose_name_plural = "образовательные области"


class AgeGroup(DictionaryTerm, Term):
    VOCABULARY = PARENTS = Vocabulary.AGE

    class Meta:
        proxy = True
        verbose_name = "возраст"
        verbose_name_plural = "возраст детей"


class GroupKind(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.GROUP_KIND

    class Meta:
        proxy = True
        verbose_name = "направленность группы"
        verbose_name_plural = "направленность групп"


class QualityArea(DictionaryTerm, Term):
    VOCABULARY = PARENTS = Vocabulary.QUALITY_AREA

    class Meta:
        proxy = True
        verbose_name = "область качества или показатель"
        verbose_name_plural = "области качества и показатели"


class Audience(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.AUDIENCE

    class Meta:
        proxy = True
        verbose_name = "аудитория"
        verbose_name_plural = "для кого практика"


class Position(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.POSITION

    class Meta:
        proxy = True
        verbose_name = "должность"
        verbose_name_plural = "должности"


class SpecialNeed(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.NEED

    class Meta:
        proxy = True
        verbose_name = "особая потребность"
        verbose_name_plural = "особые образовательные потребности"


class PracticeKind(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.KIND

    class Meta:
        proxy = True
        verbose_name = "вид практики"
        verbose_name_plural = "виды практики"


class Maturity(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.MATURITY

    class Meta:
        proxy = True
        verbose_name = "степень зрелости"
        verbose_name_plural = "степени зрелости"


class ApprobationLevel(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.APPROBATION

    class Meta:
        proxy = True
        verbose_name = "уровень представления"
        verbose_name_plural = "где представлена практика"


class Licence(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.LICENCE

    class Meta:
        proxy = True
        verbose_name = "условие использования"
        verbose_name_plural = "условия использования"


class OrganisationKind(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.ORGANISATION_KIND

    class Meta:
        proxy = True
        verbose_name = "вид организации"
        verbose_name_plural = "виды организаций"


class NewsCategory(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.NEWS_CATEGORY

    class Meta:
        proxy = True
        verbose_name = "рубрика новостей"
        verbose_name_plural = "рубрики новостей"


class DocumentKind(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.DOCUMENT_KIND

    class Meta:
        proxy = True
        verbose_name = "вид документа"
        verbose_name_plural = "виды документов"


class TagGroup(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.TAG_GROUP

    class Meta:
        proxy = True
        verbose_name = "группа тем"
        verbose_name_plural = "группы тем"


class DeficitGroup(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.DEFICIT_GROUP

    class Meta:
        proxy = True
        verbose_name = "группа затруднений"
        verbose_name_plural = "группы затруднений"


class Deficit(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.DEFICIT
    PARENTS = Vocabulary.DEFICIT_GROUP

    class Meta:
        proxy = True
        verbose_name = "затруднение"
        verbose_name_plural = "затруднения педагогов"


class EventKind(DictionaryTerm, Term):
    VOCABULARY = Vocabulary.EVENT_KIND

    class Meta:
        proxy = True
        verbose_name = "вид события"
        verbose_name_plural = "виды событий"


VOCABULARY_MODELS: dict[str, type[DictionaryTerm]] = {
    model.VOCABULARY: model
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
        EventKind,
    )
}
