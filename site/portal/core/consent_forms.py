"""Consents on paper, entered by the office."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from portal.core import privacy
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
