"""Model fields of the portal: StreamField without block definitions in migrations, stored keys of Russian names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from wagtail import fields as wagtail_fields

from search.text import match_key, sort_key


class StreamField(wagtail_fields.StreamField):
    """Wagtail's StreamField whose blocks are not written into migrations.

    A changed block needs no change of the database; with definitions inside, every edit of a block makes a migration
    of hundreds of lines.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args and "block_types" not in kwargs:
            args = ([],)  # inside a migration
        kwargs.pop("block_lookup", None)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        kwargs.pop("block_types", None)
        return name, path, [], kwargs


class _DerivedKeyField(models.CharField):
    """A key computed from another field of the row just before it is written."""

    compute: Callable[[str], str]

    def __init__(self, *, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        kwargs.setdefault("max_length", 1000)
        kwargs["editable"] = False
        kwargs.setdefault("default", "")
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        kwargs.pop("editable", None)
        return name, path, list(args), kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = type(self).compute(getattr(model_instance, self.source) or "")[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class MatchKeyField(_DerivedKeyField):
    """`search.text.match_key` of the field named by `source`: unique names, lookups without regard to case and ё."""

    compute = staticmethod(match_key)


class SortKeyField(_DerivedKeyField):
    """`search.text.sort_key` of the field named by `source`: Russian alphabetical order on every database."""

    compute = staticmethod(sort_key)
