"""Forms of the dictionaries in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.snippets.widgets import AdminSnippetChooser

from portal.vocabularies.domain.tags import keep_former_names
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import DictionaryTerm, Tag, Term


class TermForm(WagtailAdminModelForm):
    """A value of one dictionary; what it may belong to comes from the dictionary that its model names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model: type[DictionaryTerm] = type(self.instance)
        self.instance.vocabulary = model.VOCABULARY
        if "parent" in self.fields:
            tops = Term.objects.of(str(model.PARENTS or "")).filter(parent=None)
            self.fields["parent"].queryset = tops.exclude(pk=self.instance.pk)


class TagForm(WagtailAdminModelForm):
    """A topic; when its name or address changes, the former ones keep leading to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._former = (self.instance.name, self.instance.slug) if self.instance.pk else None
        if "group" in self.fields:
            self.fields["group"].queryset = Term.objects.of(Vocabulary.TAG_GROUP)

    def save(self, commit: bool = True) -> Tag:
        """Save the topic and, after a change of its name or address, what leads from the former ones."""
        with transaction.atomic():
            tag = super().save(commit=commit)
            if commit and self._former and self._former != (tag.name, tag.slug):
                keep_former_names(tag, former_name=self._former[0], former_slug=self._former[1])
        return tag


class MergeForm(forms.Form):
    """Which topic takes everything over; the confirmation repeats the choice."""

    into = forms.ModelChoiceField(
        label="Объединить с темой",
        queryset=Tag.objects.all(),
        widget=AdminSnippetChooser(Tag),
        error_messages={"required": "Выберите тему, которая останется."},
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, source: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._source = source

    def clean_into(self) -> Tag:
        """The other topic: none can be merged with itself."""
        into: Tag = self.cleaned_data["into"]
        if into.pk == self._source.pk:
            raise forms.ValidationError("Выберите другую тему: тему нельзя объединить с ней самой.")
        return into
