"""Forms of the office's desk: they clean input, the verbs decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from portal.accounts.models import User
from practices.domain.checklist import FORMAL_CHECK
from practices.domain.office import MESSAGE_LENGTH
from practices.domain.transitions import WORDS_LENGTH
from practices.form_spec import PRACTICE_FORM

_LAST_SECOND = dt.time(23, 59, 59)
WHOLE = "whole"
_MARKS = [("yes", "да"), ("no", "нет"), ("", "не смотрели")]
_VALUES = {"yes": True, "no": False, "": None}


def _words(label: str, length: int, *, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def fields_by_step() -> list[tuple[str, Any]]:
    """Return the fields of the passport as choices, grouped by its steps, and the whole submission."""
    groups: list[tuple[str, Any]] = [("", "Выберите поле"), (WHOLE, "Заявка в целом: откроются все поля")]
    for step in PRACTICE_FORM.steps:
        if own := [(field.name, field.label) for field in step.fields if not field.fixed]:
            groups.append((step.title, own))
    return groups


class DecisionForm(forms.Form):
    """An action of the table: the one-time token of the page, and words where the table asks for them."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=60)
    comment = _words("Слова", WORDS_LENGTH)

    def __init__(self, *args: Any, words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if words:
            self.fields["comment"].label = words
        else:
            del self.fields["comment"]


class RemarkForm(forms.Form):
    """A remark to one field of the passport."""

    field = forms.ChoiceField(label="О чём замечание", choices=fields_by_step, required=False)
    text = _words("Что исправить", 2000, rows=3, required=False)

    def clean(self) -> None:
        """Words without a field would open everything by a slip of the hand."""
        if self.cleaned_data.get("text") and not self.cleaned_data.get("field") and not self.errors:
            self.add_error("field", "Выберите, о чём замечание.")

    @property
    def remark(self) -> dict[str, str]:
        """What the verb takes: a blank field is the whole submission."""
        values = self.cleaned_data
        field = values.get("field", "")
        return {"field": "" if field == WHOLE else field, "text": values.get("text", "")}


class ReturnForm(forms.Form):
    """What stands beside the remarks of a return."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=60)
    comment = _words("Общие слова автору", WORDS_LENGTH, rows=3, required=False)


RemarkFormSet = forms.formset_factory(RemarkForm, extra=0, min_num=3, max_num=40)


class ChecklistForm(forms.Form):
    """Lines of the formal check. Only what the person changed is saved, so two moderators do not undo each other."""

    def __init__(self, *args: Any, kept: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line, words in FORMAL_CHECK.items():
            now = next(name for name, value in _VALUES.items() if value is kept.get(line))
            self.fields[line] = forms.ChoiceField(
                label=words[:1].upper() + words[1:],
                choices=_MARKS,
                required=False,
                initial=now,
                widget=forms.RadioSelect,
                show_hidden_initial=True,
            )

    def changed_lines(self) -> dict[str, bool | None]:
        """Return the lines whose mark differs from the one that the page showed."""
        return {line: _VALUES[self.cleaned_data[line]] for line in self.changed_data}


class AssignForm(forms.Form):
    """Who leads it; `seen` is who led it when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    moderator = forms.ModelChoiceField(
        label="Кто ведёт", queryset=User.objects.none(), required=False, empty_label="Никто"
    )

    def __init__(self, *args: Any, moderators: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moderator"].queryset = moderators  # type: ignore[attr-defined]


class ExtendForm(forms.Form):
    """A later term, and why."""

    day = forms.DateField(label="До какого дня включительно", widget=AdminDateInput)
    reason = _words("Почему: прочтёт автор", 500, rows=2)

    @property
    def until(self) -> dt.datetime:
        """The last second of the day."""
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["day"], _LAST_SECOND))


class MessageForm(forms.Form):
    """Words to the author: they go by letter too."""

    text = _words("Сообщение автору", MESSAGE_LENGTH)


class NoteForm(forms.Form):
    """Words for the office alone."""

    text = _words("Служебная заметка", MESSAGE_LENGTH, help_text="Автор её не увидит.")
