"""What the office narrows its table of submissions by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, Select
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from portal.core.admin_filters import YesNoFilter
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.page_filters import term_filter
from practices.domain import desk
from practices.enums import UNSENT, SubmissionStatus
from practices.models import PracticeSubmission

STATUSES = [choice for choice in SubmissionStatus.choices if choice[0] not in UNSENT]


class SubmissionFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(label="Статус", choices=STATUSES, widget=CheckboxSelectMultiple)
    late = YesNoFilter(label="Просрочено", method="by_lateness")
    moderator = django_filters.ModelChoiceFilter(
        label="Кто ведёт",
        queryset=lambda request: desk.moderators(),
        empty_label="Все",
        null_label="Никто",
        widget=Select,
    )
    organisation__municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет",
        queryset=lambda request: Municipality.objects.formations(),
        empty_label="Все",
        null_label="Областные",
        widget=Select,
    )
    organisation = django_filters.ModelChoiceFilter(
        label="Организация",
        queryset=lambda request: Organisation.objects.filter(
            pk__in=PracticeSubmission.objects.sent().values("organisation")
        ),
        empty_label="Все",
        widget=Select,
    )
    sent_at = django_filters.DateFromToRangeFilter(label="Отправлена", widget=DateRangePickerWidget)
    update = YesNoFilter(label="Обновление опубликованной", field_name="updates", lookup_expr="isnull", exclude=True)
    kind = term_filter("Вид практики", Vocabulary.KIND, field_name="terms")

    class Meta:
        model = PracticeSubmission
        fields: list[str] = []

    def by_lateness(self, submissions: QuerySet[PracticeSubmission], name: str, value: Any) -> QuerySet[Any]:
        """Keep those whose term is over, or leave them out."""
        late = desk.overdue(PracticeSubmission.objects.all()).values("pk")
        if value == "true":
            return submissions.filter(pk__in=late)
        return submissions.exclude(pk__in=late) if value == "false" else submissions
