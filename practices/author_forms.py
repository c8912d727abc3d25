"""What an author fills in to be named, and what the team writes down of a signed sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from portal.core.models.privacy import Disclosure

CONDITIONS = (
    ("transfer", "запрещаю передавать иным лицам"),
    ("processing", "запрещаю обрабатывать, кроме просмотра на сайте"),
)


class AuthorConsentForm(forms.Form):
    """Separate unticked boxes; nothing is chosen for the author."""

    opens = forms.MultipleChoiceField(
        label="Разрешаю открыть всем",
        choices=Disclosure.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте, что можно открыть, или нажмите «Отказаться»."},
    )
    conditions = forms.MultipleChoiceField(
        label="Условия и запреты", choices=CONDITIONS, widget=forms.CheckboxSelectMultiple, required=False
    )
    valid_until = forms.DateField(
        label="До какого дня",
        required=False,
        help_text="Пусто — пока практика опубликована.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_opens(self) -> list[str]:
        opens: list[str] = self.cleaned_data["opens"]
        if Disclosure.NAME not in opens:
            raise forms.ValidationError("Назвать вас без «фамилия и имя» нельзя. Отметьте её или нажмите «Отказаться».")
        return opens

    def clean_valid_until(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["valid_until"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError("Этот день уже прошёл.")
        return day

    @property
    def conditions_words(self) -> str:
        """The chosen prohibitions as a sentence for the record."""
        words = dict(CONDITIONS)
        chosen = [words[value] for value in self.cleaned_data["conditions"]]
        return f"Запреты: {', '.join(chosen)}." if chosen else ""


class PaperForm(forms.Form):
    """What stands in a signed sheet."""

    upload = forms.FileField(
        label="Скан или снимок листа",
        error_messages={
            "required": "Выберите файл со сканом листа.",
            "empty": "Файл пуст. Проверьте, что он сохранился.",
        },
    )
    signed_on = forms.DateField(label="Дата подписи", error_messages={"required": "Укажите дату подписи."})
    opens = forms.MultipleChoiceField(
        label="Что отмечено в листе",
        choices=Disclosure.choices,
        error_messages={"required": "Отметьте, что разрешено."},
    )

    @classmethod
    def of_author(cls, author: str, data: Any, files: Any) -> PaperForm:
        """Return the form of one author's sheet among the inputs of the step."""
        names = {"upload": f"paper-{author}", "signed_on": f"paper-{author}-on", "opens": f"paper-{author}-opens"}
        return cls(
            {"signed_on": data.get(names["signed_on"]), "opens": data.getlist(names["opens"])},
            MultiValueDict({"upload": files.getlist(names["upload"])}),
        )

    @property
    def words(self) -> str:
        """All refusals as sentences."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)
