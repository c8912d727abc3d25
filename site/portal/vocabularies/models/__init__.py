"""Dictionaries: closed vocabularies in one table of terms, and topics (tags) with their other names."""

from portal.vocabularies.models.dictionaries import (
    VOCABULARY_MODELS,
    AgeGroup,
    ApprobationLevel,
    Audience,
    Deficit,
    DeficitGroup,
    DictionaryTerm,
    DocumentKind,
    EducationalArea,
    EventKind,
    GroupKind,
    Licence,
    Maturity,
    NewsCategory,
    OrganisationKind,
    Position,
    PracticeKind,
    QualityArea,
    SpecialNeed,
    TagGroup,
)
from portal.vocabularies.models.reference import ReferenceEntry
from portal.vocabularies.models.tags import Tag, TagAlias
from portal.vocabularies.models.terms import Term

__all__ = [
    "VOCABULARY_MODELS",
    "AgeGroup",
    "ApprobationLevel",
    "Audience",
    "Deficit",
    "DeficitGroup",
    "DictionaryTerm",
    "DocumentKind",
    "EducationalArea",
    "EventKind",
    "GroupKind",
    "Licence",
    "Maturity",
    "NewsCategory",
    "OrganisationKind",
    "Position",
    "PracticeKind",
    "QualityArea",
    "ReferenceEntry",
    "SpecialNeed",
    "Tag",
    "TagAlias",
    "TagGroup",
    "Term",
]
