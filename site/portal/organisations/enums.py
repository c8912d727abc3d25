"""Closed sets of the registry that are code, not content."""

from __future__ import annotations

from django.db import models


class MemberRole(models.TextChoices):
    """What a person is in an organisation; the head confirms what leaves it and manages its people."""

    HEAD = "head", "руководитель"
    AUTHOR = "author", "автор"
