"""A published practice."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.models import Orderable, PageManager, Revision
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.core import publicity
from portal.core.models import BasePage, NamedUnderConsent
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term
from practices.enums import RecognitionLevel
from practices.models.editing import form_class, practice_handler
from practices.models.passport import PASSPORT_VOCABULARIES, PassportFields

RESERVED_SLUGS = {"topics", "feed", "collections", "export", "levels", "submit"}  # addresses of the section itself


class TaggedPractice(ItemBase):
    """A topic of a practice."""

    tag = models.ForeignKey(Tag, verbose_name="тема", on_delete=models.CASCADE, related_name="practice_items")
    content_object = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = "тема практики"
        verbose_name_plural = "темы практик"
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="practice_topic_once")]


class PracticeQuerySet(PageQuerySet):
    def published(self) -> PracticeQuerySet:
        """Practices that any visitor may read."""
        return publicity.public(self)

    def listed(self) -> PracticeQuerySet:
        """Practices of lists, counts, feeds and the search: public, not on the shelf, still permitted."""
        off = Q(standing__archived_on__isnull=False) | Q(standing__permission_withdrawn_on__isnull=False)
        return self.published().exclude(off)

    def for_page(self) -> PracticeQuerySet:
        """Practices with the records that their own pages show."""
        return self.select_related("organisation", "municipality", "standing", "standing__successor")


class PracticePage(PassportFields, BasePage):
    """A practice of the bank as a page: problem, solution by steps, measured result, how to repeat."""

    parent_page_types = ["practices.PracticeIndexPage"]
    subpage_types: list[str] = []

    external_id = models.CharField("номер во внешнем банке", max_length=80, null=True, blank=True, unique=True)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)
    cover = models.ForeignKey(
        "files.PortalImage",
        verbose_name="обложка",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Снимок среды или материалов без детей и взрослых.",
    )
    cover_alt = models.CharField("описание обложки", max_length=160, blank=True, help_text="Что видно на снимке.")
    tags = ClusterTaggableManager(through=TaggedPractice, verbose_name="темы", blank=True)
    level = models.CharField(
        "уровень признания", max_length=20, choices=RecognitionLevel, default=RecognitionLevel.PRESENTED
    )
    level_on = models.DateField("дата решения", null=True, blank=True)
    level_until = models.DateField("действует до", null=True, blank=True)
    published_on = models.DateField("в банке с", null=True, blank=True, db_index=True)

    objects: ClassVar[Any] = PageManager.from_queryset(PracticeQuerySet)()

    class Meta:
        verbose_name = "практика"
        verbose_name_plural = "практики"

    base_form_class = form_class(PASSPORT_VOCABULARIES)
    edit_handler = practice_handler(BasePage.promote_panels, BasePage.settings_panels)
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("problem"),
        index.SearchField("goal"),
        index.SearchField("audience_text"),
        index.SearchField("steps"),
        index.SearchField("technologies"),
        index.SearchField("results_summary"),
        index.SearchField("replication"),
        index.RelatedFields("tags", [index.SearchField("name", boost=2)]),
        index.RelatedFields("organisation", [index.SearchField("name"), index.SearchField("short_name")]),
        index.RelatedFields("municipality", [index.SearchField("name")]),
        index.AutocompleteField("title"),
        index.FilterField("published_on"),
    ]

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "Этот адрес занят разделом портала, выберите другой."})
        if self.cover and not self.cover_alt:
            raise ValidationError({"cover_alt": "Опишите обложку словами для незрячих читателей."})
        if self.period_start and self.period_end and self.period_end < self.period_start:
            raise ValidationError({"period_end": "Окончание раньше начала."})
        if self.municipality_id is None and self.organisation is not None:
            self.municipality = self.organisation.municipality

    def publish(self, revision: Revision, user: Any = None, *args: Any, **kwargs: Any) -> None:
        """Make a revision public; the first time it receives the day from which it stands in the bank.

        Editors, schedules, workflows and bulk actions all publish through here. Raises PublicationRefused while the
        page that came from a submission lacks the author's agreement or a consent.
        """
        from practices.domain.gate import passing  # noqa: PLC0415 (the gate reads these models)

        with passing(self.pk, revision, actor=user):
            self._give_day(revision)
            super().publish(revision, user, *args, **kwargs)

    def _give_day(self, revision: Revision) -> None:
        goes_live = not (revision.content.get("go_live_at") and revision.as_object().go_live_at > timezone.now())
        if goes_live and not revision.content.get("published_on"):
            day = self.published_on or timezone.localdate()
            revision.content = {**revision.content, "published_on": day.isoformat()}
            revision.save(update_fields=["content"])

    @property
    def current_level(self) -> RecognitionLevel:
        """The recognition that holds today; one that has run out counts as presented."""
        return RecognitionLevel.holding(self.level, self.level_until, timezone.localdate())

    @property
    def own_standing(self) -> Any:
        """The record of what became of the practice after its publication, or None."""
        return getattr(self, "standing", None)

    @cached_property
    def named_authors(self) -> list[Any]:
        """The rows of authors with posts and consents; read once for an object."""
        return list(self.authors.select_related("position", "consent"))

    @property
    def hides_photos(self) -> bool:
        """Whether somebody who may be on the pictures has taken the consent to show them back."""
        return any(row.is_hidden_by_owner and "photo" in row.consent.fields for row in self.named_authors)

    @cached_property
    def chosen_tags(self) -> list[Tag]:
        """The topics in alphabetical order; read once for an object."""
        return sorted(self.tags.all(), key=lambda tag: tag.name_sort)

    def evidence_on(self) -> datetime.date | None:
        """The day from which the practice stands in the bank."""
        return self.published_on or super().evidence_on()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from practices.views.practice import practice_context  # noqa: PLC0415 (the reads use these models)

        context = super().get_context(request, *args, **kwargs)
        preview = bool(getattr(request, "is_preview", False))
        return {**context, **practice_context(self, preview=preview)}


class PracticeAuthor(NamedUnderConsent, Orderable):
    """Authors of one post; a name becomes public only under a consent to distribution that stands."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="authors")
    position = models.ForeignKey(
        Term,
        verbose_name="должность",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.POSITION},
    )
    count = models.PositiveSmallIntegerField("сколько авторов", default=1)

    class Meta(Orderable.Meta):
        verbose_name = "авторы"
        verbose_name_plural = "авторы"
