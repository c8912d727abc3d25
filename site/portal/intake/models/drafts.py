"""A draft that several people write on several devices."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.intake.models.attachments import private_storage

PUBLIC_ID_LENGTH = 16


def new_public_id() -> str:
    """Return a name of an application for addresses: nobody guesses it (80 random bits)."""
    return secrets.token_hex(PUBLIC_ID_LENGTH // 2 + 2)[:PUBLIC_ID_LENGTH]


def new_token() -> str:
    """Return a token for one sending."""
    return secrets.token_urlsafe(24)


class Draftable(models.Model):
    """Abstract application that begins as a draft: autosaved, written by several, sent once.

    `version` grows with every save. `field_versions` keeps for each field [the version that changed it last, the key of
    the person, the name of the page it came from], so a late save of another device is joined field by field and only
    what both changed is offered as both versions. `typed` keeps what the form could not take (a text too long, a word
    for a number): field → {value, words}.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    field_versions = models.JSONField(default=dict, blank=True, editable=False)
    typed = models.JSONField(default=dict, blank=True, editable=False)
    send_token = models.CharField(max_length=40, default=new_token, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="начал",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="%(app_label)s_%(class)ss_begun",
    )
    created_at = models.DateTimeField("начато", default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="изменил",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_at = models.DateTimeField("изменено", default=timezone.now, editable=False)
    changed_step = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        abstract = True


COPIES = "intake/copies"


def copy_name(_snapshot: Snapshot, _filename: str) -> str:
    """Return a random name under which the copy of a snapshot lies."""
    return f"{COPIES}/{uuid.uuid4().hex}.pdf"


class Snapshot(models.Model):
    """Abstract copy of the answers at a moment that matters: sent, sent again, a version that lost to another."""

    reason = models.CharField("повод", max_length=20)  # sent, resent, conflict, edited
    version = models.PositiveIntegerField("версия")
    answers = models.JSONField("ответы", default=dict)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кем", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField("когда", default=timezone.now)
    # The answers on paper, built by the worker; the receipt of what was sent.
    copy = models.FileField("копия", storage=private_storage, upload_to=copy_name, max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["-taken_at", "-pk"]


class Presence(models.Model):
    """Who has which step of a draft open; fresh for a minute."""

    draft = models.CharField(max_length=60)  # kind and public id of the application
    step = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "кто правит"
        verbose_name_plural = "кто правит"
        constraints = [models.UniqueConstraint(fields=["draft", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.step}"
