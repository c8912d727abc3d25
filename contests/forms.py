"""What a visitor may ask of the lists of contests. GET forms: they drop what they do not understand, never refuse."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from portal.core.facet_panel import Labels
from portal.core.faceted import Filters
from portal.core.filter_fields import KnownField, PageField, WordsField


class ContestFilterForm(forms.Form):
    """Words and facets whose values are the keys of `labels`. `cleaned_data` holds every name; no errors."""

    def __init__(self, data: QueryDict, labels: Labels) -> None:
        super().__init__(data)
        self._facets = tuple(labels)
        self.fields["q"] = WordsField(required=False)
        for facet, values in labels.items():
            self.fields[facet] = KnownField(values)
        self.fields["page"] = PageField()
        self.full_clean()

    @property
    def filters(self) -> Filters:
        """The understood filters."""
        return Filters(self.cleaned_data["q"], {facet: self.cleaned_data[facet] for facet in self._facets})
