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


class FieldType(models.TextChoices):
    """What a field of a form takes."""

    TEXT = "text", "строка"
    TEXTAREA = "textarea", "текст"
    EMAIL = "email", "электронная почта"
    PHONE = "phone", "телефон"
    URL = "url", "ссылка"
    NUMBER = "number", "число"
    MONTH = "month", "месяц"
    DATE = "date", "дата"
    SELECT = "select", "одно из списка"
    MULTISELECT = "multiselect", "несколько из списка"
    TAGS = "tags", "темы"
    CHECKBOX = "checkbox", "отметка"
    ROWS = "rows", "строки таблицы"
    REFERENCE = "reference", "запись реестра"
    FILES = "files", "файлы"
    CONSENTS = "consents", "согласия"


class Reader(models.TextChoices):
    """Who may see the answer to a field; nobody sees what is not meant for them."""

    AUTHOR = "author", "автор и организация"
    MODERATOR = "moderator", "канцелярия"
    EXPERT = "expert", "эксперты"
    PUBLIC = "public", "все"


class StepState(models.TextChoices):
    """How far a step of a form is."""

    NEW = "new", "не начат"
    BEGUN = "begun", "начат"
    READY = "ready", "готов"
