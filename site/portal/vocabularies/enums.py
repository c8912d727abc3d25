"""The closed vocabularies of the portal, each a set of rows of the one table of terms."""

from __future__ import annotations

from django.db import models


class Vocabulary(models.TextChoices):
    """Key of a vocabulary; the value is the name of its list in the reference data."""

    AREA = "educational_areas", "Образовательные области"
    AGE = "age_groups", "Возраст детей"
    GROUP_KIND = "group_kinds", "Направленность групп"
    QUALITY_AREA = "quality_areas", "Области качества"
    AUDIENCE = "audiences", "Для кого практика"
    POSITION = "positions", "Должности"
    NEED = "special_needs", "Особые образовательные потребности"
    KIND = "practice_kinds", "Виды практики"
    MATURITY = "practice_maturity", "Степень зрелости"
    APPROBATION = "approbation_levels", "Где представлена"
    LICENCE = "licences", "Условия использования"
    ORGANISATION_KIND = "org_forms", "Виды организаций"
    NEWS_CATEGORY = "news_categories", "Рубрики новостей"
    DOCUMENT_KIND = "document_kinds", "Виды документов"
    TAG_GROUP = "tag_groups", "Группы тем"
    DEFICIT_GROUP = "deficit_groups", "Группы затруднений"
    DEFICIT = "deficits", "Затруднения педагогов"
    EVENT_KIND = "event_kinds", "Виды событий"
