"""The feedback form: no captcha, but a trap field, a signed time of opening and limits (see `core.trap_forms`)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme

from portal.core.clean_fields import CleanCharField
from portal.core.text import normalise_text, single_line
from portal.core.trap_forms import TrapForm

LONGEST_ADDRESS = 500


def own_page(address: str) -> str:
    """Return `address` when it leads to a page of this portal, otherwise an empty string."""
    address = single_line(address)[:LONGEST_ADDRESS]
    return address if url_has_allowed_host_and_scheme(address, {urlsplit(settings.SITE_URL).netloc}) else ""


class FeedbackForm(TrapForm):
    """A message to the office of the portal."""

    salt = "portal.feedback"
    send_words = "Отправить сообщение"

    name = CleanCharField(label="Как к вам обращаться", max_length=120, required=False)
    email = forms.EmailField(label="Электронная почта", max_length=254, help_text="Сюда придёт ответ.")
    subject = CleanCharField(label="О чём", max_length=160)
    text = CleanCharField(
        label="Сообщение",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="До 5000 знаков.",
        clean_text=normalise_text,
    )
    page_url = forms.CharField(widget=forms.HiddenInput, required=False)
    consent = forms.BooleanField(
        label="Даю согласие на обработку моих персональных данных для ответа на обращение",
        error_messages={"required": "Отметьте согласие: без него мы не можем сохранить вашу почту и ответить."},
    )

    def clean_page_url(self) -> str:
        return own_page(self.cleaned_data["page_url"])
