"""Forms of the registry in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from portal.core.text import single_line
from portal.organisations.models import Municipality
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term

MAX_TABLE_BYTES = 5 * 1024 * 1024


class LinesField(forms.CharField):
    """A list of short texts, one on a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = (value if isinstance(value, list) else str(value or "").splitlines()) or []
        return list(dict.fromkeys(filter(None, map(single_line, lines))))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class MunicipalityForm(WagtailAdminModelForm):
    """A municipality; its other names stand one on a line."""

    aliases = LinesField(
        label="Другие написания",
        required=False,
        help_text="По одному на строке, прежние названия тоже: по ним муниципалитет узнаётся при загрузке таблиц.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parent" in self.fields:
            self.fields["parent"].queryset = Municipality.objects.formations().exclude(pk=self.instance.pk)


class OrganisationForm(WagtailAdminModelForm):
    """An organisation; lists of choice hold what fits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "kind": Term.objects.of(Vocabulary.ORGANISATION_KIND),
            "municipality": Municipality.objects.formations(),
            "city_district": Municipality.objects.exclude(parent=None),
        }
        for name, queryset in choices.items():
            if name in self.fields:
                self.fields[name].queryset = queryset


class TableForm(forms.Form):
    """A table of organisations."""

    table = forms.FileField(
        label="Таблица",
        help_text="XLSX или CSV, до 5 МБ. Сначала покажем, что изменится; записывается после подтверждения.",
        error_messages={"required": "Выберите файл.", "empty": "Файл пуст."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_table(self) -> Any:
        """A file that is not too big."""
        table = self.cleaned_data["table"]
        if table.size > MAX_TABLE_BYTES:
            raise forms.ValidationError("Файл больше 5 МБ. Разделите таблицу на части.")
        return table
