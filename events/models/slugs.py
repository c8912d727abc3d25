"""Addresses inside the section that its pages may not take."""

from __future__ import annotations

from django.core.exceptions import ValidationError

RESERVED_SLUGS = {"feed"}


def refuse_reserved(slug: str) -> None:
    """Raise ValidationError for an address that the section itself answers."""
    if slug in RESERVED_SLUGS:
        raise ValidationError({"slug": "Этот адрес занят разделом портала, выберите другой."})
