"""The form of every page in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.widgets import SlugInput

from portal.core.slugs import MAX_LENGTH, free_slug, letter_pairs

# The browser makes an address of the title as it is typed: by the same letters as the server.
_FORMATTERS = [(f"[{letter}{letter.upper()}]", latin) for letter, latin in letter_pairs()] + [("№", " ")]


class PortalPageForm(WagtailAdminPageForm):
    """Keeps addresses of new pages short: the browser makes one of the whole title, however long."""

    # Not a field of the page: whoever takes the form to agreement sends it along (`portal.desk.middleware`).
    words_for_reviewers = forms.CharField(
        label="Слово тем, кто согласует",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Попадёт в их письмо и встанет над страницей, когда вы отправите её на согласование.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].widget = SlugInput(formatters=_FORMATTERS)
        for field in self.fields.values():
            # Wagtail draws no second, hidden field for a default that is a function, and Django then takes every
            # form for changed: an approval would save a new version and ask to approve that.
            field.show_hidden_initial = False

    def clean_slug(self) -> str:
        """The address as typed; of a new page at most sixty characters, cut between words, and free."""
        slug: str = self.cleaned_data["slug"]
        if self.instance.pk or len(slug) <= MAX_LENGTH:
            return slug
        return free_slug(slug, lambda text: self.parent_page.get_children().filter(slug=text).exists())
