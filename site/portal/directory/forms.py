"""What a visitor may ask of the lists. GET forms: they drop what they do not understand and never refuse."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from portal.core.faceted import Filters
from portal.core.filter_fields import KnownField, PageField, WordsField
from portal.directory.domain.registry import CLOSED, FACETS, OPEN, REGIONAL, WITH_PRACTICES
from portal.organisations.choices import city_districts, municipalities
from portal.vocabularies.choices import terms
from portal.vocabularies.enums import Vocabulary

SORTS = {"name": "по названию", "practices": "больше практик", "place": "по муниципалитетам"}


class OrganisationListForm(forms.Form):
    """Filters of the list of organisations. `cleaned_data` holds every name; there are no errors."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        places = [place.slug for place in (*municipalities(), *city_districts())]
        self.fields["q"] = WordsField(required=False)
        self.fields["municipality"] = KnownField([*places, REGIONAL])
        self.fields["kind"] = KnownField([term.slug for term in terms(Vocabulary.ORGANISATION_KIND)])
        self.fields["state"] = KnownField([OPEN, CLOSED])
        self.fields["practices"] = KnownField([WITH_PRACTICES])
        self.fields["sort"] = KnownField(SORTS)
        self.fields["page"] = PageField()
        self.full_clean()

    @property
    def filters(self) -> Filters:
        """The understood filters."""
        values = self.cleaned_data
        return Filters(values["q"], {name: values[name] for name in FACETS})

    @property
    def sort(self) -> str:
        """The order asked for."""
        asked: tuple[str, ...] = self.cleaned_data["sort"]
        return asked[0] if asked else "name"

    @property
    def params(self) -> list[tuple[str, str]]:
        """The understood parameters without the page, in one order: the address of the list."""
        pairs = self.filters.params
        if self.sort != "name":
            pairs.append(("sort", self.sort))
        return pairs


class MunicipalityListForm(forms.Form):
    """The search box of the list of municipalities."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["q"] = WordsField(required=False)
        self.full_clean()

    @property
    def query(self) -> str:
        """What was asked in words."""
        words: str = self.cleaned_data["q"]
        return words
