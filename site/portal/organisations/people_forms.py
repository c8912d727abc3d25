"""Forms of people and their organisations in the cabinet."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.core.clean_fields import CleanCharField
from portal.core.filter_fields import PageField, WordsField
from portal.core.text import normalise_text
from portal.organisations.choices import municipalities
from portal.organisations.enums import MemberRole
from portal.organisations.inn import validate_inn
from portal.organisations.models import Municipality

LONGEST_WORDS = 500


class RoleField(forms.ChoiceField):
    """The role that a person gets or asks for."""

    def __init__(self, **options: Any) -> None:
        choices = [
            (MemberRole.AUTHOR, "автор: пишет и отправляет практики"),
            (MemberRole.HEAD, "руководитель: ещё подтверждает отправку и ведёт людей"),
        ]
        options = {"label": "Роль", "initial": MemberRole.AUTHOR, "widget": forms.RadioSelect, **options}
        super().__init__(choices=choices, **options)


class WordsOfPerson(CleanCharField):
    """A few plain sentences."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(clean_text=normalise_text, max_length=LONGEST_WORDS, **{"widget": widget, **options})


class InviteForm(forms.Form):
    """Whom to invite."""

    email = forms.EmailField(
        label="Электронная почта",
        help_text="Придёт письмо со ссылкой на 14 дней. Принять приглашение сможет только владелец этой почты.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = RoleField()


class AskForm(forms.Form):
    """A request to belong to an organisation."""

    role = RoleField()
    words = WordsOfPerson(
        label="Пояснение", required=False, help_text="Должность, как вас узнать. Прочтут те, кто решает."
    )


class InnField(CleanCharField):
    """An ИНН, spaces left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            clean_text=lambda text: "".join(text.split()),
            validators=[validate_inn],
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **options,
        )


class NewOrganisationForm(forms.Form):
    """An organisation that the registry lacks."""

    inn = InnField(label="ИНН организации", help_text="10 цифр. Контрольная цифра проверяется.")
    name = CleanCharField(label="Полное название", max_length=300, help_text="Как в уставе.")
    municipality = forms.ChoiceField(label="Муниципалитет")
    settlement = CleanCharField(label="Населённый пункт", max_length=120, required=False)
    role = RoleField(label="Ваша роль в ней")
    words = WordsOfPerson(label="Пояснение", required=False, help_text="Должность, сайт организации.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipality"]
        field.choices = [("", "Выберите"), *((row.slug, row.short_name) for row in municipalities())]

    def clean_municipality(self) -> Municipality:
        """The row behind the chosen code."""
        return Municipality.objects.get(slug=self.cleaned_data["municipality"], parent=None)


class RefuseForm(forms.Form):
    """Words of a refusal."""

    answer = WordsOfPerson(label="Почему отказ", help_text="Человек прочтёт это в письме.")


class FindForm(forms.Form):
    """The search box of a list of organisations."""

    q = WordsField(required=False)
    page = PageField()
