"""Input of the bell, of the settings of letters and of mailings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from portal.core import audiences, letter_kinds
from portal.core.clean_fields import CleanCharField
from portal.core.models.notices import LetterWay
from portal.core.text import normalise_text, single_line
from portal.mailing.models import Mailing

# Where nothing can wait for a digest
WHOLE = [(way.value, way.label) for way in (LetterWay.EACH, LetterWay.NEVER)]


def number_of(text: str | None) -> int:
    """Return the whole number that an address or a form names, 1 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1


class LetterWaysForm(forms.Form):
    """One choice for each group of letters that a person may leave; under it stands what belongs to the group.

    Groups of the admin's work are offered to `staff` alone.
    """

    def __init__(self, *args: Any, chosen: Mapping[str, str], staff: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        own = {
            group: [kind for kind in kinds if staff or not kind.staff]
            for group, kinds in letter_kinds.optional_groups().items()
        }
        self.groups = [(group, kinds) for group, kinds in own.items() if kinds]
        for number, (group, kinds) in enumerate(self.groups):
            self.fields[f"group_{number}"] = forms.ChoiceField(
                label=group,
                choices=LetterWay.choices if any(kind.in_digest for kind in kinds) else WHOLE,
                initial=chosen.get(group, LetterWay.EACH),
                help_text="; ".join(kind.title for kind in kinds) + ".",
            )

    def changed_ways(self) -> Iterator[tuple[str, str]]:
        """Yield the groups whose way differs from what was chosen before."""
        for number, (group, _kinds) in enumerate(self.groups):
            way = self.cleaned_data[f"group_{number}"]
            if way != self.chosen.get(group, LetterWay.EACH):
                yield group, way


class MailingForm(forms.ModelForm):
    """What a mailing says and to whom; which placeholders fit depends on the circle."""

    audience = forms.ChoiceField(label="Кому")

    class Meta:
        model = Mailing
        fields = ("title", "audience", "subject", "body", "is_necessary")
        widgets = {"body": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.name, one.label) for one in audiences.all_audiences()]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]
        everywhere = ", ".join(f"{{{name}}}" for name in ("name", *letter_kinds.COMMON))
        known = {name: meaning for one in audiences.all_audiences() for name, (meaning, _s) in one.placeholders.items()}
        own = "; ".join(f"{{{name}}} — {meaning}" for name, meaning in sorted(known.items()))
        self.fields["body"].help_text = f"Подстановки для всех: {everywhere}. Где известно о получателях: {own}."

    def clean_subject(self) -> str:
        return single_line(self.cleaned_data["subject"])

    def clean_body(self) -> str:
        return normalise_text(self.cleaned_data["body"])


class RowForm(forms.Form):
    """The words of one letter of a mailing."""

    subject = CleanCharField(label="Тема", max_length=250)
    body = CleanCharField(
        label="Текст", max_length=20_000, clean_text=normalise_text, widget=forms.Textarea(attrs={"rows": 14})
    )


class SendForm(forms.Form):
    """The number of letters, typed by the person who lets them go."""

    number = forms.IntegerField(
        label="Сколько писем уйдёт", min_value=1, error_messages={"required": "Напишите, сколько писем уйдёт."}
    )
