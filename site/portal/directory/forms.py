"""What a visitor may ask of the lists. GET forms: they drop what they do not understand and never refuse."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from portal.core.query_fields import KnownField, PageField
from portal.core.text import single_line
from portal.directory.domain.registry import CLOSED, OPEN, REGIONAL, WITH_PRACTICES, Filters
from portal.organisations.choices import city_districts, municipalities
from portal.vocabularies.choices import terms
from portal.vocabularies.enums import Vocabulary
from search.text import match_key

SORTS = {"name": "по названию", "practices": "больше практик", "place": "по муниципалитетам"}
MAX_QUERY = 200


class WordsField(forms.Field):
    """Words to look for, cut to a length; signs alone are nothing."""

    def clean(self, value: str | None) -> str:
        text = single_line((value or "")[: 2 * MAX_QUERY])[:MAX_QUERY].strip()
        return text if match_key(text) else ""


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
        self.fields["page"] = PageField(required=False)
        self.full_clean()

    @property
    def filters(self) -> Filters:
        """The understood filters."""
        values = self.cleaned_data
        return Filters(values["q"], *(values[name] for name in ("municipality", "kind", "state", "practices")))

    @property
    def sort(self) -> str:
        """The order asked for."""
        asked: tuple[str, ...] = self.cleaned_data["sort"]
        return asked[0] if asked else "name"

    @property
    def params(self) -> list[tuple[str, str]]:
        """The understood parameters without the page, in one order: the address of the list."""
        filters = self.filters
        pairs = [("q", filters.query)] if filters.query else []
        for name in ("municipality", "kind", "state", "practices"):
            pairs += [(name, value) for value in filters.chosen(name)]
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
