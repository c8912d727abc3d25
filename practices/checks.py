"""System checks of the bank's rules."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db.models import ManyToManyField
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import get_page_models


@register()
def pages_hold_only_parental_relations(**kwargs: Any) -> list[CheckMessage]:
    """A plain ManyToManyField on a page goes live when a draft is saved, past any publication."""
    return [
        Error(
            f"{model.__name__}.{field.name} is a plain ManyToManyField: a draft would change the published page.",
            hint="Use modelcluster's ParentalManyToManyField.",
            obj=model,
            id="practices.E001",
        )
        for model in get_page_models()
        for field in model._meta.local_many_to_many
        if isinstance(field, ManyToManyField) and not isinstance(field, ParentalManyToManyField)
    ]
