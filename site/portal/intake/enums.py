"""Closed sets that every application shares."""

from __future__ import annotations

from django.db import models


class CollaboratorRole(models.TextChoices):
    """What a colleague may do with a draft."""

    VIEW = "view", "просмотр"
    EDIT = "edit", "правка"


class RemarkAnswer(models.TextChoices):
    """How the author answers a remark: it is mended, or the words why not."""

    FIXED = "fixed", "исправлено"
    DISAGREE = "disagree", "не согласны, потому что…"


class AttachmentPurpose(models.TextChoices):
    """Where a file goes when the application is published."""

    FILE = "file", "приложение"
    COVER = "cover", "обложка"
    PHOTO = "photo", "снимок"
    CONSENT = "consent", "подписанное согласие"  # never published


class ScanState(models.TextChoices):
    """What the antivirus said; without one configured files stay «не проверен»."""

    UNCHECKED = "unchecked", "не проверен"
    CLEAN = "clean", "проверен"
    INFECTED = "infected", "заражён"
