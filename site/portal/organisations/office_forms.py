"""Forms of the office about people and new organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from portal.accounts.models import User
from portal.core.clean_fields import CleanCharField
from portal.core.text import normalise_text
from portal.organisations.domain import coordination, people
from portal.organisations.models import Coordination, Membership, Municipality, Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term

_DAY = {"type": "date"}


class AnswerForm(forms.Form):
    """Words of a refusal."""

    answer = CleanCharField(
        label="Почему отказ",
        clean_text=normalise_text,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Человек прочтёт это в письме.",
    )


class EndForm(forms.Form):
    """Why somebody's access ends."""

    comment = CleanCharField(label="Причина", max_length=300, required=False, help_text="Для истории.")
    leave_headless = forms.BooleanField(
        label="Оставить организацию без руководителя, если это единственный", required=False
    )


class DaysForm(forms.Form):
    """Days of a coordinator."""

    since = forms.DateField(label="С", widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    until = forms.DateField(
        label="По",
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text="Последний день замещения; пусто, если бессрочно.",
    )


class EnterOrganisationForm(forms.ModelForm):
    """The card of a new organisation, filled in from the request."""

    class Meta:
        model = Organisation
        fields = ["name", "short_name", "kind", "inn", "municipality", "city_district", "settlement", "address"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "kind": Term.objects.of(Vocabulary.ORGANISATION_KIND),
            "municipality": Municipality.objects.formations(),
            "city_district": Municipality.objects.exclude(parent=None),
        }
        for name, queryset in choices.items():
            field: Any = self.fields[name]
            field.queryset = queryset


class PersonByMailbox(WagtailAdminModelForm):
    """A row about a person who has an account; named by the mailbox: a list of everybody would be endless."""

    email = forms.EmailField(label="Почта человека", help_text="Человек должен быть зарегистрирован на портале.")

    def clean_email(self) -> User:
        """The open account behind the mailbox."""
        mailbox = self.cleaned_data["email"].strip().lower()
        user = User.objects.filter(email=mailbox, is_active=True).first()
        if user is None:
            raise forms.ValidationError("Учётной записи с этой почтой нет: попросите человека зарегистрироваться.")
        return user


class MembershipForm(PersonByMailbox):
    """Appoints a person to an organisation."""

    def save(self, commit: bool = True) -> Membership:
        """Appoint by the verb; raises RefusedError."""
        values = self.cleaned_data
        return people.appoint(values["organisation"], values["email"], values["role"], actor=self.for_user)


class CoordinationForm(PersonByMailbox):
    """Assigns a coordinator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.formations()

    def save(self, commit: bool = True) -> Coordination:
        """Assign by the verb; raises RefusedError."""
        values = self.cleaned_data
        return coordination.assign(
            values["email"], values["municipality"], actor=self.for_user, since=values["since"], until=values["until"]
        )
