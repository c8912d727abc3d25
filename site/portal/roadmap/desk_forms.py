"""Forms of «Моя дорожная карта» and of its administrators: they clean input, the verbs decide."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser

from portal.files.models import PortalDocument, PortalImage
from portal.roadmap.domain.arranging import WORDS
from portal.roadmap.enums import OVERRIDES
from portal.roadmap.models import Party, PartyPerson, PlanItem, PlanSection


def _words(label: str, *, rows: int = 2, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class OrderForm(forms.Form):
    """By what document a term is moved."""

    reason = _words("Причина")
    order_number = forms.CharField(label="№ приказа", max_length=60)
    order_date = forms.DateField(label="Дата приказа", widget=AdminDateInput)


class DatesForm(OrderForm):
    """New term of one item."""

    starts_on = forms.DateField(label="Новое начало", widget=AdminDateInput)
    ends_on = forms.DateField(label="Новое окончание", widget=AdminDateInput)
    field_order = ["starts_on", "ends_on", "order_number", "order_date", "reason"]


class ShiftForm(OrderForm):
    """Months by which several items are moved."""

    months = forms.IntegerField(
        label="На сколько месяцев", min_value=-60, max_value=60, help_text="Отрицательное число — раньше."
    )
    field_order = ["months", "order_number", "order_date", "reason"]

    def clean_months(self) -> int:
        months: int = self.cleaned_data["months"]
        if months == 0:
            raise forms.ValidationError("Ноль месяцев ничего не меняет.")
        return months


class StatusForm(forms.Form):
    """A status by hand, or back to the derived one."""

    status = forms.ChoiceField(
        label="Статус",
        choices=[("", "Вычислять по фактам и срокам"), *((choice.value, choice.label) for choice in OVERRIDES)],
        required=False,
    )
    reason = _words("Почему", required=False, help_text="Обязательно, когда статус ставится вручную; видно всем.")


class QuantityForm(forms.Form):
    """How many there must be."""

    planned = forms.IntegerField(
        label="План", min_value=1, required=False, help_text="Пустой — пункт исполняется один раз."
    )
    unit = forms.CharField(label="Единица", max_length=60, required=False, help_text="мероприятия, практики")
    reason = _words("Почему меняется план")


class UpdateForm(forms.Form):
    """An update by hand. Files are chosen from the library, so that an error in the form does not lose them."""

    title = forms.CharField(label="Что произошло", max_length=255)
    text = _words("Подробности", rows=4, required=False)
    on = forms.DateField(label="Когда", widget=AdminDateInput, help_text="Сегодня или раньше.")
    amount = forms.IntegerField(
        label="Сколько засчитать", min_value=0, initial=1, help_text="0 — новость о работе, к «факту» не прибавляется."
    )
    image: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Снимок", queryset=PortalImage.objects.all(), widget=AdminImageChooser, required=False
    )
    image_alt = forms.CharField(label="Описание снимка", max_length=160, required=False)
    document: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Файл", queryset=PortalDocument.objects.all(), widget=AdminDocumentChooser, required=False
    )
    shown_from = forms.DateTimeField(
        label="Показывать с", widget=AdminDateTimeInput, required=False, help_text="Пусто — сразу."
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", secrets.token_hex(16))

    def clean_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("День ещё не наступил.")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("image") and not cleaned.get("image_alt", "").strip():
            self.add_error("image_alt", "Опишите снимок словами для незрячих читателей.")
        return cleaned


class RefusalForm(forms.Form):
    """Why facts are not counted."""

    note = _words("Почему не засчитано")


class WordingForm(forms.ModelForm):
    """Words of an item, its place and what it leans on, for administrators."""

    reason = _words("Основание изменения", required=False)

    class Meta:
        model = PlanItem
        fields = [*WORDS, "section", "position", "recurrence", "starts_on", "ends_on", "responsible_user", "depends_on"]
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 3}) for name in WORDS if name.endswith("_text") or name == "note"},
            "number_text": forms.TextInput,
            "period_text": forms.TextInput,
            "depends_on": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.instance
        fields: dict[str, Any] = self.fields
        own = PlanItem.objects.filter(plan=item.plan_id)
        fields["section"].queryset = PlanSection.objects.filter(plan=item.plan_id)
        fields["depends_on"].queryset = own.exclude(pk=item.pk)
        users = fields["responsible_user"]
        users.queryset = users.queryset.filter(is_active=True)
        users.empty_label = "Ответственный за план"
        if item.pk:  # the term of an item that stands in a plan is moved by an order
            del fields["starts_on"], fields["ends_on"]
        for name in WORDS:  # letter for letter, with the document's own spaces
            fields[name].strip = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in WORDS:  # browsers end lines in their own way
            if name in cleaned:
                cleaned[name] = cleaned[name].replace("\r\n", "\n")
        if not cleaned.get("title_text", "x").strip():
            self.add_error("title_text", "Наименование не может быть пустым.")
        return cleaned

    def validate_unique(self) -> None:
        """A place that is taken is made free: the other items move on."""


class ResponsibleForm(forms.Form):
    """One responsible party of an item."""

    party = forms.ModelChoiceField(
        label="Сторона", queryset=Party.objects.all(), required=False, empty_label="Не выбрана"
    )
    person = forms.ModelChoiceField(
        label="Лицо из документа",
        queryset=PartyPerson.objects.select_related("party"),
        required=False,
        empty_label="Не названо",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("person") and not cleaned.get("party"):
            self.add_error("party", "Выберите сторону, от которой названо лицо.")
        return cleaned


ResponsibleFormSet = formset_factory(ResponsibleForm, extra=1)


class CopyForm(forms.Form):
    """A plan of a new year."""

    title = forms.CharField(label="Название", max_length=255)
    slug = forms.SlugField(label="Код в адресе", max_length=60, help_text="Например, 2026-2027: /roadmap/2026-2027/")
    shift_months = forms.IntegerField(
        label="Сдвиг сроков, месяцев",
        initial=12,
        min_value=-600,
        max_value=600,
        help_text="12 — на год. Ответственные и связи пунктов сохранятся, факты и история останутся в прежнем плане.",
    )
