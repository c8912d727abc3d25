"""Forms of the screens of intake in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from portal.intake import procedures
from portal.intake.domain import windows
from portal.intake.models import IntakeExtension


class WindowForm(WagtailAdminModelForm):
    """A window of intake; one that meets another of the same procedure is refused."""

    procedure = forms.ChoiceField(label="Что принимаем", choices=procedures.choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if not (opens and closes and cleaned.get("procedure")):
            return cleaned
        if closes <= opens:
            self.add_error("closes_at", "Закрытие должно быть позже открытия.")
            return cleaned
        self.instance.procedure, self.instance.opens_at, self.instance.closes_at = cleaned["procedure"], opens, closes
        if words := windows.overlapping(self.instance):
            self.add_error("opens_at", words)
        return cleaned


class ExtensionForm(WagtailAdminModelForm):
    """A later closing for one organisation; given by the verb, which looks once more under a lock."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if all(cleaned.get(name) for name in ("window", "organisation", "until", "reason")):
            words = windows.why_not_longer(
                cleaned["window"], cleaned["organisation"], until=cleaned["until"], reason=cleaned["reason"]
            )
            if words:
                self.add_error("until", words)
        return cleaned

    def save(self, commit: bool = True) -> IntakeExtension:
        values = self.cleaned_data
        self.instance = windows.extend(
            values["window"],
            values["organisation"],
            until=values["until"],
            reason=values["reason"],
            actor=self.for_user,
        )
        return self.instance
