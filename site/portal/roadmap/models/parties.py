"""Who is responsible: organisations, classes of them, and the persons a document names."""

from __future__ import annotations

from django.db import models

from portal.core.fields import MatchKeyField, SortKeyField
from portal.organisations.models import Organisation
from portal.roadmap.enums import PartyKind


class Party(models.Model):
    """A responsible party as one record, whatever words documents use for it."""

    slug = models.SlugField("код в адресе", max_length=60, unique=True)
    short_name = models.CharField("короткое название", max_length=160)
    full_name = models.CharField("полное название", max_length=400, blank=True)
    kind = models.CharField("вид", max_length=20, choices=PartyKind, default=PartyKind.ORGANISATION)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="в реестре организаций",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="roadmap_parties",
    )
    name_match = MatchKeyField(source="short_name", unique=True)
    name_sort = SortKeyField(source="short_name", db_index=True)

    class Meta:
        verbose_name = "ответственная сторона"
        verbose_name_plural = "ответственные стороны"
        ordering = ["name_sort"]

    def __str__(self) -> str:
        return self.short_name


class PartyPerson(models.Model):
    """A person whom an approved document names; without a ground for publication the post stands instead.

    152-ФЗ art. 10.1: a name is published under a consent to distribution or where the approved document is public.
    """

    party = models.ForeignKey(Party, verbose_name="сторона", on_delete=models.CASCADE, related_name="people")
    name = models.CharField("имя, как в документе", max_length=120)
    position = models.CharField("должность", max_length=200, blank=True)
    is_public = models.BooleanField(
        "показывать имя",
        default=False,
        help_text="Есть согласие на распространение или имя стоит в опубликованном документе. Иначе видна должность.",
    )

    class Meta:
        verbose_name = "лицо из документа"
        verbose_name_plural = "лица из документа"
        constraints = [models.UniqueConstraint(fields=["party", "name"], name="party_person_once")]

    def __str__(self) -> str:
        return self.name
