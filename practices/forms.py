"""What a visitor may ask of the catalogue. A GET form: it drops what it does not understand and never refuses."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from portal.core.filter_fields import KnownField, PageField
from portal.core.text import single_line
from practices.domain.catalogue import FACETS, RECOGNISED, Catalogue
from search.engines.query import MAX_QUERY, words_of

RELEVANCE = "relevance"
NEW = "new"
SORTS = {RELEVANCE: "по соответствию", NEW: "сначала новые", RECOGNISED: "сначала признанные"}
WHOLE = {
    "deficit": "Все затруднения",
    "need": "Все потребности",
}  # facets that are shown in part unless asked for whole


class _Whole(forms.Field):
    """The facet to show whole; the last of repeated values counts, also one that means none."""

    def clean(self, value: str | None) -> str:
        return value if value in WHOLE else ""


class _Query(forms.Field):
    """Words to look for: cut to the length that the portal answers, without controls; no words at all is nothing."""

    def clean(self, value: str | None) -> str:
        text = single_line((value or "")[: 2 * MAX_QUERY])[:MAX_QUERY].strip()
        return text if words_of(text) else ""


class CatalogueForm(forms.Form):
    """The filters of the bank. `cleaned_data` after `full_clean()` holds every name; there are no errors."""

    def __init__(self, data: QueryDict, *, catalogue: Catalogue) -> None:
        super().__init__(data)
        self.fields["q"] = _Query(required=False)
        for facet in FACETS:
            self.fields[facet] = KnownField(catalogue.options[facet])
        self.fields["sort"] = KnownField(SORTS)
        self.fields["all"] = _Whole(required=False)
        self.fields["page"] = PageField()
        self.fields["sort"].widget = forms.MultipleHiddenInput()
        self.full_clean()

    @property
    def query(self) -> str:
        """What was asked in words."""
        return self.cleaned_data["q"]

    @property
    def choices(self) -> dict[str, list[str]]:
        """The chosen values of every facet that has any."""
        return {facet: list(self.cleaned_data[facet]) for facet in FACETS if self.cleaned_data[facet]}

    @property
    def whole(self) -> str:
        """The long facet of which every value is to be shown: one at a time, the last asked for; blank for none."""
        return self.cleaned_data["all"]

    @property
    def sort(self) -> str:
        """The order asked for; by relevance where there are words, else the new ones first."""
        asked = self.cleaned_data["sort"]
        chosen = asked[0] if asked else RELEVANCE
        return NEW if chosen == RELEVANCE and not self.query else chosen

    @property
    def params(self) -> list[tuple[str, str]]:
        """The understood parameters without the page, in one order: the address of the list."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [(facet, value) for facet, values in self.choices.items() for value in values]
        if self.sort != (RELEVANCE if self.query else NEW):
            pairs.append(("sort", self.sort))
        return pairs
