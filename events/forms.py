"""What a visitor may ask of the list, the calendar and the files of events. It never refuses."""

from __future__ import annotations

import datetime as dt
import re

from django import forms
from django.http import QueryDict

from events.domain.agenda import FACETS, Agenda
from events.domain.selection import ALL, COMING, PAST, Filters
from portal.core.filter_fields import KnownField, PageField

LIST, CALENDAR = "list", "calendar"
SOON, LATE = "date", "-date"
SORTS = {SOON: "сначала ранние", LATE: "сначала поздние"}
WHOLE = {"tag": "Все темы", "deficit": "Все затруднения"}  # facets that are shown in part unless asked for whole
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class MonthField(forms.Field):
    """The first day of a month written «2026-11», None for anything else."""

    def clean(self, value: str | None) -> dt.date | None:
        match = _MONTH.fullmatch(value or "")
        return dt.date(int(match[1]), int(match[2]), 1) if match else None


class EventListForm(forms.Form):
    """Filters of events. `cleaned_data` holds every name after construction; there are no errors.

    `topic` is another name of `tag`, under which subscriptions are published.
    """

    def __init__(self, data: QueryDict, *, agenda: Agenda) -> None:
        super().__init__(data)
        for facet in FACETS:
            self.fields[facet] = KnownField(agenda.options[facet])
        self.fields["topic"] = KnownField(agenda.options["tag"])
        self.fields["when"] = KnownField([PAST])
        self.fields["view"] = KnownField([CALENDAR])
        self.fields["sort"] = KnownField(SORTS)
        self.fields["all"] = KnownField(WHOLE)
        self.fields["page"] = PageField()
        self.fields["shown_month"] = MonthField(required=False)
        self.full_clean()

    def add_prefix(self, field_name: str) -> str:
        """The calendar shows the month that the list filters by: one parameter for both."""
        return super().add_prefix("month" if field_name == "shown_month" else field_name)

    @property
    def is_calendar(self) -> bool:
        """Whether the calendar is asked for."""
        return bool(self.cleaned_data["view"])

    @property
    def when(self) -> str:
        """Coming events or the archive."""
        return PAST if self.cleaned_data["when"] else COMING

    @property
    def sort(self) -> str:
        """The order asked for: of coming events the next first, of the archive the latest."""
        asked: tuple[str, ...] = self.cleaned_data["sort"]
        return asked[0] if asked else self._usual_sort

    @property
    def _usual_sort(self) -> str:
        return LATE if self.when == PAST else SOON

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The chosen values of every facet that has any."""
        chosen = {facet: self.cleaned_data[facet] for facet in FACETS}
        chosen["tag"] = tuple(dict.fromkeys([*chosen["tag"], *self.cleaned_data["topic"]]))
        if self.is_calendar:
            chosen.pop("month")
        return {facet: values for facet, values in chosen.items() if values}

    @property
    def filters(self) -> Filters:
        """What the list shows."""
        return Filters(self.choices, self.when, latest_first=self.sort == LATE)

    @property
    def everything(self) -> Filters:
        """The same choices over coming and past events together: calendars and files."""
        return Filters(self.choices, ALL)

    @property
    def choice_params(self) -> list[tuple[str, str]]:
        """The pairs of the address that choose values."""
        return [(facet, value) for facet, values in self.choices.items() for value in values]

    @property
    def params(self) -> list[tuple[str, str]]:
        """The understood parameters without the page, in one order: the address of the list."""
        pairs = [("when", PAST)] if self.when == PAST else []
        pairs += self.choice_params
        if self.sort != self._usual_sort:
            pairs.append(("sort", self.sort))
        return pairs
