"""Consents on paper, entered by the office."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from portal.core import privacy
from portal.core.clean_fields import CleanCharField
from portal.core.models import Consent
from portal.core.models.privacy import ConsentPurpose, Disclosure


class PaperConsentForm(WagtailAdminModelForm):
    """A signed consent to distribution (152-ФЗ art. 10.1): who signed it, on what paper, what it opens.

    The edition of the text and its fingerprint are those in force, as with a consent given on the portal.
    """

    opens = forms.MultipleChoiceField(
        label="Что разрешено открыть всем",
        choices=Disclosure.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Отметьте то, что отмечено в документе. Молчание согласием не считается.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].required = True
        self.fields["basis"].required = True
        self.fields["basis"].help_text = "Документ и где он хранится: «письменное согласие от 12.03.2026, папка 4»."

    def save(self, commit: bool = True) -> Consent:
        """Record the consent by the verb that forms of the portal use."""
        values = self.cleaned_data
        return privacy.give_consent(
            ConsentPurpose.DISTRIBUTION,
            person=values["person"],
            email=values["email"],
            fields=values["opens"],
            valid_until=values["valid_until"],
            address=None,
            basis=values["basis"],
        )


class PaperWithdrawalForm(forms.Form):
    """A withdrawal that came on paper: when it was received and where its scan lies."""

    received_on = forms.DateField(
        label="Письмо получено",
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    scan = CleanCharField(
        label="Где хранится письмо и его скан",
        max_length=200,
        help_text="Например: «папка 4, скан в архиве канцелярии, вх. № 15».",
    )

    def clean_received_on(self) -> dt.date:
        """A day that has come."""
        day: dt.date = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Этот день ещё не наступил.")
        return day

    @property
    def note(self) -> str:
        """The ground of the withdrawal in one line."""
        return f"Письмо от {self.cleaned_data['received_on']:%d.%m.%Y}: {self.cleaned_data['scan']}"
