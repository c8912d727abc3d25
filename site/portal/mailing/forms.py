"""Input of the bell and of the settings of letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from portal.core import letter_kinds
from portal.core.models.notices import LetterWay


def number_of(text: str | None) -> int:
    """Return the whole number that an address or a form names, 1 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1


class LetterWaysForm(forms.Form):
    """One choice for each group of letters that a person may leave; under it stands what belongs to the group."""

    def __init__(self, *args: Any, chosen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        self.groups = list(letter_kinds.optional_groups().items())
        for number, (group, kinds) in enumerate(self.groups):
            self.fields[f"group_{number}"] = forms.ChoiceField(
                label=group,
                choices=LetterWay.choices,
                widget=forms.RadioSelect,
                initial=chosen.get(group, LetterWay.EACH),
                help_text="; ".join(kind.title for kind in kinds) + ".",
            )

    def changed_ways(self) -> Iterator[tuple[str, str]]:
        """Yield the groups whose way differs from what was chosen before."""
        for number, (group, _kinds) in enumerate(self.groups):
            way = self.cleaned_data[f"group_{number}"]
            if way != self.chosen.get(group, LetterWay.EACH):
                yield group, way
