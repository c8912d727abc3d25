"""The feedback form: no captcha, but a trap field, a signed time of opening and limits."""

from __future__ import annotations

import secrets
import time
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.http import url_has_allowed_host_and_scheme

from portal.core.clean_fields import CleanCharField
from portal.core.text import normalise_text, single_line

MIN_SECONDS = 3
MAX_SECONDS = 24 * 3600
LONGEST_ADDRESS = 500
_SALT = "portal.feedback"


def new_ticket() -> str:
    """Return a signed ticket of one opening of the form: its one-time token and when it was opened."""
    return signing.dumps({"token": secrets.token_urlsafe(24), "at": int(time.time())}, salt=_SALT)


def own_page(address: str) -> str:
    """Return `address` when it leads to a page of this portal, otherwise an empty string."""
    address = single_line(address)[:LONGEST_ADDRESS]
    return address if url_has_allowed_host_and_scheme(address, {urlsplit(settings.SITE_URL).netloc}) else ""


class FeedbackForm(forms.Form):
    """A message to the office of the portal."""

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
    website = forms.CharField(
        label="Не заполняйте это поле",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
    page_url = forms.CharField(widget=forms.HiddenInput, required=False)
    consent = forms.BooleanField(
        label="Даю согласие на обработку моих персональных данных для ответа на обращение",
        error_messages={"required": "Отметьте согласие: без него мы не можем сохранить вашу почту и ответить."},
    )

    send_token: str = ""

    def clean_page_url(self) -> str:
        return own_page(self.cleaned_data["page_url"])

    def clean(self) -> None:
        if self.cleaned_data.get("website"):
            self.add_error(None, "Заполнено скрытое поле, так делают программы. Мы его очистили: отправьте ещё раз.")
        if problem := self._read_ticket(self.cleaned_data.get("ticket", "")):
            self.add_error(None, problem)

    def _read_ticket(self, signed: str) -> str:
        """Take the one-time token out of the ticket; return what is wrong with it in words."""
        try:
            ticket = signing.loads(signed, salt=_SALT, max_age=MAX_SECONDS)
        except signing.BadSignature:
            return "Форма открыта слишком давно. Текст сохранён ниже: нажмите «Отправить сообщение» ещё раз."
        if time.time() - ticket["at"] < MIN_SECONDS:
            return "Форма отправлена слишком быстро. Текст сохранён: подождите пару секунд и отправьте ещё раз."
        self.send_token = ticket["token"]
        return ""

    def renew(self) -> None:
        """Make the form ready to be sent once more: the trap emptied, a new ticket where the old one serves no more."""
        kept = {name: self.data.get(name) for name in self.data}
        self.data = {**kept, "website": "", "ticket": kept.get("ticket") if self.send_token else new_ticket()}

    def refuse(self, why: str) -> None:
        """Give the form back with the sentence `why` and a ticket of another message."""
        self.add_error(None, why)
        self.send_token = ""
        self.renew()
