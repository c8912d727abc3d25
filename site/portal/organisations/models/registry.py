"""Registry of municipalities and organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from portal.core.fields import MatchKeyField, SortKeyField
from portal.core.matching import refuse_same_name
from portal.core.models import Demonstrable
from portal.core.slugs import free_slug, latin_slug
from portal.core.text import single_line
from portal.organisations.inn import validate_inn
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from search.text import match_key

SLUG_TAKEN = "Такой код в адресе уже занят."


def known_keys(name: str, short_name: str, aliases: Iterable[str]) -> set[str]:
    """Return match keys of every name by which a municipality is known."""
    return {match_key(known) for known in (name, short_name, *aliases)} - {""}


class MunicipalityKind(models.TextChoices):
    MUNICIPAL_DISTRICT = "municipal_district", "муниципальный район"
    MUNICIPAL_OKRUG = "municipal_okrug", "муниципальный округ"
    URBAN_OKRUG = "urban_okrug", "городской округ"
    CITY_DISTRICT = "city_district", "район города"


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def formations(self) -> MunicipalityQuerySet:
        """Municipal formations of the region, without the districts of a city."""
        return self.filter(parent=None)


class Municipality(models.Model):
    """A municipal formation of the region, or a district of its city (then it has a parent)."""

    name = models.CharField("полное название", max_length=200)
    short_name = models.CharField("короткое название", max_length=120)
    genitive = models.CharField("в родительном падеже", max_length=200, blank=True)
    slug = models.SlugField("код в адресе", max_length=60, unique=True, error_messages={"unique": SLUG_TAKEN})
    kind = models.CharField("вид", max_length=20, choices=MunicipalityKind)
    parent = models.ForeignKey(
        "self", verbose_name="в составе", null=True, blank=True, on_delete=models.PROTECT, related_name="districts"
    )
    centre = models.CharField("административный центр", max_length=200, blank=True)
    oktmo = models.CharField("ОКТМО", max_length=11, blank=True)
    aliases = models.JSONField(
        "другие написания", default=list, blank=True, help_text="По ним муниципалитет узнаётся при загрузке таблиц."
    )
    intro = models.TextField("вступление на странице", blank=True)
    name_match = MatchKeyField(unique=True)
    name_sort = SortKeyField(source="short_name", db_index=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "муниципалитет"
        verbose_name_plural = "муниципалитеты"
        ordering = ["name_sort"]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("municipality", args=[self.slug])

    def names(self) -> set[str]:
        """Match keys of every name by which this municipality is known."""
        return known_keys(self.name, self.short_name, self.aliases)

    def clean(self) -> None:
        self.name, self.short_name = single_line(self.name), single_line(self.short_name)
        refuse_same_name(self, "name", Municipality.objects.all(), key="name_match")
        if (self.kind == MunicipalityKind.CITY_DISTRICT) != (self.parent_id is not None):
            raise ValidationError({"parent": "Район города входит в городской округ, остальные ни во что не входят."})
        if self.parent is not None and (self.parent.parent_id is not None or self.parent_id == self.pk):
            raise ValidationError({"parent": "Выберите городской округ."})
        if self.parent_id is None:
            self._refuse_shared_names()

    def _refuse_shared_names(self) -> None:
        """Two municipalities known by one name could not be told apart in an uploaded table."""
        own = self.names()
        for other in Municipality.objects.formations().exclude(pk=self.pk):
            shared = own & other.names()
            if shared:
                field = "short_name" if match_key(self.short_name) in shared else "aliases"
                raise ValidationError({field: f"Так уже называется {other.name}: различить их в таблице не получится."})


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def open(self) -> OrganisationQuerySet:
        """Organisations that work now."""
        return self.filter(closed_on=None)


class Organisation(Demonstrable):
    """A kindergarten or another organisation of the registry: one record, no variants of spelling."""

    name = models.CharField("полное название", max_length=400)
    short_name = models.CharField("короткое название", max_length=200)
    slug = models.SlugField(
        "код в адресе",
        max_length=60,
        unique=True,
        blank=True,
        help_text="Латиницей; пустой заполнится сам.",
        error_messages={"unique": SLUG_TAKEN},
    )
    kind = models.ForeignKey(
        Term,
        verbose_name="вид",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.ORGANISATION_KIND},
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="муниципалитет",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        limit_choices_to={"parent": None},
        help_text="Не заполняется у областных организаций.",
    )
    city_district = models.ForeignKey(
        Municipality,
        verbose_name="район города",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="district_organisations",
        limit_choices_to={"parent__isnull": False},
    )
    inn = models.CharField(
        "ИНН",
        max_length=12,
        blank=True,
        validators=[validate_inn],
        help_text="10 цифр, у предпринимателя 12; контрольные цифры проверяются.",
    )
    settlement = models.CharField("населённый пункт", max_length=120, blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("электронная почта", blank=True)
    website = models.URLField("сайт", blank=True)
    head_position = models.CharField("должность руководителя", max_length=120, blank=True, default="Заведующий")
    head_name = models.CharField(
        "руководитель", max_length=120, blank=True, help_text="Посетителям не показывается, пока не отмечено ниже."
    )
    head_is_public = models.BooleanField(
        "показывать имя руководителя",
        default=False,
        help_text="Отметьте, если имя опубликовано на официальном сайте организации.",
    )
    closed_on = models.DateField("закрыта с", null=True, blank=True)
    name_match = MatchKeyField()
    short_match = MatchKeyField(source="short_name")
    name_sort = SortKeyField(source="short_name", db_index=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"
        ordering = ["name_sort"]
        constraints = [
            models.UniqueConstraint(
                fields=["inn"],
                condition=~models.Q(inn=""),
                name="organisation_inn",
                violation_error_message="Организация с таким ИНН уже есть.",
            ),
            models.UniqueConstraint(fields=["municipality", "name_match"], name="organisation_name"),
            models.UniqueConstraint(
                fields=["name_match"], condition=models.Q(municipality=None), name="organisation_regional_name"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    def clean(self) -> None:
        self.name, self.short_name = single_line(self.name), single_line(self.short_name)
        neighbours = Organisation.objects.filter(municipality=self.municipality)
        refuse_same_name(self, "name", neighbours, key="name_match")
        same_inn = Organisation.objects.filter(inn=self.inn).exclude(pk=self.pk).first() if self.inn else None
        if same_inn is not None:
            raise ValidationError({"inn": f"С этим ИНН уже есть организация «{same_inn}»."})
        if self.city_district is not None and self.city_district.parent_id != self.municipality_id:
            raise ValidationError({"city_district": "Этот район не входит в выбранный муниципалитет."})
        if self.closed_on and self.closed_on > timezone.localdate():
            raise ValidationError({"closed_on": "Дата ещё не наступила: отметьте закрытие в этот день или позже."})
        if not self.slug:
            self.slug = self.free_slug(lambda slug: Organisation.objects.filter(slug=slug).exists())

    def free_slug(self, taken: Callable[[str], bool]) -> str:
        """Return a code for the address: the short name, with the municipality's code where names repeat."""
        short = latin_slug(self.short_name)
        if not taken(short) or self.municipality is None:
            return free_slug(self.short_name, taken)
        return free_slug(f"{latin_slug(self.short_name, max_length=38)}-{self.municipality.slug}", taken)

    @property
    def is_open(self) -> bool:
        """Whether the organisation works now."""
        return self.closed_on is None

    @property
    def public_head_name(self) -> str:
        """The head's name when everybody may see it, else blank."""
        return self.head_name if self.head_is_public else ""
