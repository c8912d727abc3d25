"""The passport of a practice: the fields that a submission and a published page share."""

from __future__ import annotations

from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks

from portal.core.fields import StreamField
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.blocks import FileBlock, IndicatorBlock, PhotoBlock, ReplicationBlock, RiskBlock, StepBlock
from practices.enums import Cost, Evidence, LaunchTime

PASSPORT_VOCABULARIES: tuple[Vocabulary, ...] = (
    Vocabulary.KIND,
    Vocabulary.AREA,
    Vocabulary.QUALITY_AREA,
    Vocabulary.AGE,
    Vocabulary.GROUP_KIND,
    Vocabulary.NEED,
    Vocabulary.AUDIENCE,
    Vocabulary.DEFICIT,
    Vocabulary.MATURITY,
    Vocabulary.APPROBATION,
    Vocabulary.LICENCE,
)


_EXPECTED = (
    ("problem", "проблема"),
    ("goal", "цель"),
    ("steps", "шаги"),
    ("results_summary", "главный результат"),
    ("indicators", "показатели до и после"),
    ("replication", "как повторить"),
    ("res_material", "материалы и стоимость"),
    ("risks", "риски"),
)


class PassportFields(models.Model):
    """Abstract passport (practice_form): problem, solution by steps, measured result, how to repeat.

    Length limits bind submissions, which check them in their form; a page imported from an older bank may
    lack fields and says «описание неполное».
    """

    terms = ParentalManyToManyField(Term, verbose_name="справочники", blank=True, related_name="%(class)ss")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name="организация",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    municipality = models.ForeignKey(
        "organisations.Municipality",
        verbose_name="муниципалитет",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        limit_choices_to={"parent": None},
        help_text="Если не выбран, берётся из карточки организации.",
    )
    problem = models.TextField("проблема и актуальность", blank=True, max_length=1500)
    goal = models.TextField("цель", blank=True, max_length=400)
    tasks = StreamField(
        [("task", blocks.CharBlock(label="задача", max_length=250))], verbose_name="задачи", blank=True, default=list
    )
    audience_text = models.TextField("участники и охват", blank=True, max_length=500)
    period_start = models.DateField("начало", null=True, blank=True, help_text="Первое число месяца.")
    period_end = models.DateField("окончание", null=True, blank=True, help_text="Пусто, если практика продолжается.")
    steps = StreamField([("step", StepBlock())], verbose_name="шаги", blank=True, default=list)
    technologies = models.CharField("технологии и методы", blank=True, max_length=300)
    res_staff = models.TextField("кадры", blank=True, max_length=400)
    res_material = models.TextField("материалы и примерная стоимость", blank=True, max_length=400)
    res_information = models.TextField("методические материалы", blank=True, max_length=400)
    partners = models.CharField("партнёры", blank=True, max_length=300)
    results_summary = models.TextField("главный результат", blank=True, max_length=600)
    indicators = StreamField(
        [("indicator", IndicatorBlock())], verbose_name="показатели до и после", blank=True, default=list
    )
    negative = models.TextField("что не получилось", blank=True, max_length=600)
    risks = StreamField([("risk", RiskBlock())], verbose_name="риски", blank=True, default=list)
    replication = models.TextField("как повторить", blank=True, max_length=1200)
    replicated_by = StreamField(
        [("organisation", ReplicationBlock())], verbose_name="кто уже повторил", blank=True, default=list
    )
    cost = models.PositiveSmallIntegerField("стоимость повторения", choices=Cost, null=True, blank=True)
    launch_time = models.PositiveSmallIntegerField("время на запуск", choices=LaunchTime, null=True, blank=True)
    evidence = models.PositiveSmallIntegerField("доказанность результата", choices=Evidence, null=True, blank=True)
    files = StreamField([("file", FileBlock())], verbose_name="файлы", blank=True, default=list)
    photos = StreamField([("photo", PhotoBlock())], verbose_name="снимки", blank=True, default=list)
    video_url = models.URLField("ссылка на видео", blank=True, help_text="Российская площадка: RuTube, VK Видео.")

    class Meta:
        abstract = True

    @cached_property
    def chosen_terms(self) -> list[Term]:
        """All chosen terms in the order of their dictionaries; read once for an object."""
        return sorted(self.terms.all(), key=lambda term: (term.order, term.title_sort))

    def terms_of(self, vocabulary: str) -> list[Term]:
        """Return the chosen terms of one vocabulary in its order."""
        return [term for term in self.chosen_terms if term.vocabulary == vocabulary]

    def forget_chosen(self) -> None:
        """Read the chosen terms anew next time: they have been changed."""
        self.__dict__.pop("chosen_terms", None)

    def missing_fields(self) -> list[str]:
        """Return in words what a whole passport has and this one lacks."""
        blank = [label for name, label in _EXPECTED if not getattr(self, name)]
        kinds = [] if self.terms_of(Vocabulary.KIND) else ["вид практики"]
        return [*blank, *kinds]
