"""The feedback form: no captcha, but a trap field, a signed time of opening and limits."""

from __future__ import annotations

import secrets
import time

from django import forms
from django.core import signing

from portal.core.text import normalise_text

MIN_SECONDS = 3
MAX_SECONDS = 24 * 3600
_SALT = "portal.feedback"


def new_ticket() -> str:
    """Return a signed ticket of one opening of the form: its one-time token and when it was opened."""
    return signing.dumps({"token": secrets.token_urlsafe(24), "at": int(time.time())}, salt=_SALT)


class FeedbackForm(forms.Form):
    """A message to the office of the portal."""

    name = forms.CharField(label="Как к вам обращаться", max_length=120, required=False)
    email = forms.EmailField(label="Электронная почта", help_text="Сюда придёт ответ.")
    subject = forms.CharField(label="О чём", max_length=160)
    text = forms.CharField(
        label="Сообщение", max_length=5000, widget=forms.Textarea(attrs={"rows": 7}), help_text="До 5000 знаков."
    )
    website = forms.CharField(
        label="Не заполняйте это поле",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    ticket = forms.CharField(widget=forms.HiddenInput)
    page_url = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    consent = forms.BooleanField(label="Даю согласие на обработку моих персональных данных для ответа на обращение")

    send_token: str = ""

    def clean_subject(self) -> str:
        return " ".join(normalise_text(self.cleaned_data["subject"]).split())

    def clean_name(self) -> str:
        return " ".join(normalise_text(self.cleaned_data["name"]).split())

    def clean_text(self) -> str:
        return normalise_text(self.cleaned_data["text"])

    def clean_ticket(self) -> str:
        try:
            ticket = signing.loads(self.cleaned_data["ticket"], salt=_SALT, max_age=MAX_SECONDS)
        except signing.BadSignature:
            raise forms.ValidationError(
                "Форма открыта слишком давно. Текст сохранён ниже: нажмите «Отправить» ещё раз."
            ) from None
        if time.time() - ticket["at"] < MIN_SECONDS:
            raise forms.ValidationError("Форма отправлена слишком быстро. Подождите пару секунд и отправьте ещё раз.")
        self.send_token = ticket["token"]
        return self.cleaned_data["ticket"]

    @property
    def is_trapped(self) -> bool:
        """Whether a field that people do not see was filled: a robot's mark."""
        return bool(self.data.get("website"))
