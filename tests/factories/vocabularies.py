"""Dictionaries for tests."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term


class TermFactory(DjangoModelFactory):
    """A value of a vocabulary, an educational area by default."""

    vocabulary = Vocabulary.AREA
    title = factory.Sequence(lambda n: f"Значение номер {n}")
    slug = factory.Sequence(lambda n: f"znachenie-{n}")
    order = factory.Sequence(lambda n: 1000 + n)

    class Meta:
        model = Term


class TagFactory(DjangoModelFactory):
    """A topic."""

    name = factory.Sequence(lambda n: f"тема номер {n}")
    slug = factory.Sequence(lambda n: f"tema-{n}")

    class Meta:
        model = Tag
