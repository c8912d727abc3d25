"""Forms of the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from portal.desk.domain import trash


class PlaceForm(forms.Form):
    """Where a page of the trash goes: its former place, or one that takes pages of its type."""

    place = forms.ModelChoiceField(label="Вернуть в раздел", queryset=Page.objects.none())

    def __init__(self, *args: Any, page: Page, former: Page | None, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        kind = page.specific_class
        models = [model for model in kind.allowed_parent_page_models() if model is not Page] if kind else []
        field = self.fields["place"]
        field.queryset = trash.outside(Page.objects.filter(depth__gt=1))  # type: ignore[attr-defined]
        field.widget = AdminPageChooser(target_models=models or [Page])
        if former is not None and not trash.is_trashed(former):
            self.initial["place"] = former.pk

    def clean_place(self) -> Page:
        """The chosen page, when the person may add pages there."""
        place: Page = self.cleaned_data["place"]
        if not (self.user.is_superuser or "add" in place.permissions_for_user(self.user).permissions):
            raise ValidationError("В этот раздел вы не добавляете страницы. Выберите свой.")
        return place
