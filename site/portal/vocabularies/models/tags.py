"""Topics and their other names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import NaturalKeyManager, TagBase
from wagtail.fields import RichTextField

from portal.core.fields import MatchKeyField, SortKeyField
from portal.core.matching import refuse_same_name
from portal.core.slugs import free_slug
from portal.core.text import single_line
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models.terms import Term
from search.text import match_key


class TagQuerySet(models.QuerySet["Tag"]):
    def named(self, name: str) -> Tag | None:
        """Return the topic that people mean by `name`, in any spelling, a synonym or a former name too."""
        key = match_key(name)
        if not key:
            return None
        return self.filter(name_match=key).first() or self.filter(aliases__name_match=key).first()

    def get_or_create(self, defaults: Mapping[str, Any] | None = None, **kwargs: Any) -> tuple[Tag, bool]:
        """Find a topic by any of its names before making a new one: taggit comes here with what people type."""
        if set(kwargs) == {"name"}:
            found = self.named(kwargs["name"])
            if found is not None:
                return found, False
            name = single_line(kwargs["name"])
            return super().get_or_create(defaults={**(defaults or {}), "name": name}, name=name)
        return super().get_or_create(defaults, **kwargs)


class TagManager(NaturalKeyManager.from_queryset(TagQuerySet)):  # type: ignore[misc]
    """Topics by natural key, as taggit's serialisation asks."""


class Tag(TagBase, ClusterableModel):
    """A topic: an open, moderated vocabulary with a page of its own for each value."""

    name = models.CharField("название", max_length=100)
    slug = models.SlugField(
        "код в адресе",
        max_length=100,
        unique=True,
        blank=True,
        help_text="Латиницей; пустой заполнится сам. Прежний адрес будет вести на новый.",
        error_messages={"unique": "Тема с таким кодом уже есть."},
    )
    group = models.ForeignKey(
        Term,
        verbose_name="группа тем",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.TAG_GROUP},
    )
    intro = RichTextField("вступление на странице темы", blank=True, features=["bold", "italic", "ol", "ul", "link"])
    name_match = MatchKeyField(unique=True)
    name_sort = SortKeyField(db_index=True)

    free_tagging = True

    objects = TagManager()

    class Meta:
        verbose_name = "тема"
        verbose_name_plural = "темы"
        ordering = ["name_sort"]

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Return a free Latin code for a new topic; `i` is taggit's counter of attempts and is not needed."""
        return free_slug(tag, slug_is_taken)

    def clean(self) -> None:
        self.name = single_line(self.name)
        refuse_same_name(self, "name", Tag.objects.all(), key="name_match")
        refuse_same_name(self, "name", TagAlias.objects.exclude(tag=self.pk), key="name_match")
        if not self.slug:
            self.slug = self.slugify(self.name)
        elif TagAlias.objects.filter(slug=self.slug).exclude(tag=self.pk).exists():
            raise ValidationError({"slug": "По этому адресу уже открывается другая тема."})


class TagAlias(models.Model):
    """Another name of a topic: a synonym people search by, or a former name whose address still leads here."""

    tag = ParentalKey(Tag, verbose_name="тема", on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(
        "другое название", max_length=100, blank=True, help_text="Синоним или прежнее название: по нему тему находят."
    )
    slug = models.SlugField("код в адресе", max_length=100, unique=True, blank=True, editable=False)
    name_match = MatchKeyField()

    class Meta:
        verbose_name = "другое название темы"
        verbose_name_plural = "другие названия тем"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name_match"], condition=~models.Q(name_match=""), name="tag_alias_name")
        ]

    def __str__(self) -> str:
        return self.name or self.slug

    def clean(self) -> None:
        self.name = single_line(self.name)
        if self.name or not self.slug:
            refuse_same_name(self, "name", Tag.objects.exclude(pk=self.tag_id), key="name_match")
            refuse_same_name(self, "name", TagAlias.objects.all(), key="name_match")
        if not self.slug:
            self.slug = free_slug(self.name, slug_is_taken)


def slug_is_taken(slug: str) -> bool:
    """Tell whether a topic or a former address of one has this code."""
    return Tag.objects.filter(slug=slug).exists() or TagAlias.objects.filter(slug=slug).exists()
