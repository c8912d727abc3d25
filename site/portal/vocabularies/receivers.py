"""Dictionaries stand in every list and card, so a change of them changes the public portal."""

from __future__ import annotations

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete

from portal.core import usage, versions
from portal.vocabularies.models import VOCABULARY_MODELS, Tag, TagAlias, Term

_TERMS: list[type[Model]] = [Term, *VOCABULARY_MODELS.values()]

for _model in (*_TERMS, Tag, TagAlias):
    post_save.connect(versions.bump, sender=_model, dispatch_uid=f"version-save-{_model.__name__}")
    post_delete.connect(versions.bump, sender=_model, dispatch_uid=f"version-delete-{_model.__name__}")

for _model in (*_TERMS, Tag):
    pre_delete.connect(usage.refuse_if_used, sender=_model, dispatch_uid=f"in-use-{_model.__name__}")
