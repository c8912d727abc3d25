"""Input of the procedure in the cabinet: words for an action, answers to remarks, messages, the choice of organisation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from portal.intake.enums import RemarkAnswer
from portal.organisations.models import Organisation


class WordsForm(forms.Form):
    """What an action asks for in words; the button's token goes along."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=60)
    comment = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Напишите несколько слов."},
    )

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comment"].label = words


class AnswerField(forms.ChoiceField):
    """An answer that is asked for before sending and may wait until then."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class AnswersForm(forms.Form):
    """Answers to all remarks of a round at once, so that sending one loses none of the others."""

    use_required_attribute = False

    def __init__(self, *args: Any, remarks: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remarks = list(remarks)
        for remark in self.remarks:
            self.fields[f"answer-{remark.pk}"] = AnswerField(
                label="Ваш ответ",
                choices=RemarkAnswer.choices,
                widget=forms.RadioSelect,
                initial=remark.answer,
            )
            self.fields[f"text-{remark.pk}"] = forms.CharField(
                label="Пояснение",
                help_text="Нужно, если не согласны.",
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
                initial=remark.answer_text,
            )

    def pairs(self) -> list[tuple[Any, Any, Any]]:
        """Return each remark with its two bound fields."""
        return [(remark, self[f"answer-{remark.pk}"], self[f"text-{remark.pk}"]) for remark in self.remarks]

    def changed_answers(self) -> list[tuple[Any, str, str]]:
        """Return remarks whose answer or words differ from what is kept."""
        found = []
        for remark in self.remarks:
            answer = self.cleaned_data[f"answer-{remark.pk}"]
            text = self.cleaned_data[f"text-{remark.pk}"]
            if (answer, text) != (remark.answer, remark.answer_text) and (answer or text):
                found.append((remark, answer, text))
        return found

    def clean(self) -> None:
        """Point at what is lacking beside its remark; the verb checks the same again."""
        for remark in self.remarks:
            answer = self.cleaned_data.get(f"answer-{remark.pk}", "")
            text = self.cleaned_data.get(f"text-{remark.pk}", "")
            if answer == RemarkAnswer.DISAGREE and not text:
                self.add_error(f"text-{remark.pk}", "Напишите, почему не согласны: без слов редакция не поймёт.")
            if text and not answer:
                self.add_error(f"answer-{remark.pk}", "Отметьте «исправлено» или «не согласны».")


class MessageForm(forms.Form):
    """A message to the office."""

    text = forms.CharField(
        label="Сообщение редакции",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Напишите сообщение."},
    )


class NewDraftForm(forms.Form):
    """From which of the own organisations a practice is sent."""

    organisation: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label="От какой организации", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["organisation"]).queryset = organisations
