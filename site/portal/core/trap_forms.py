"""Forms that anybody may send without an account: no captcha, but a trap field and a signed time of opening."""

from __future__ import annotations

import secrets
import time
from typing import ClassVar

from django import forms
from django.core import signing

MIN_SECONDS = 3
MAX_SECONDS = 24 * 3600


class TrapForm(forms.Form):
    """Base of such forms: what is typed is never lost, what fills the trap or sends at once is asked to send again.

    A view gives `initial={"ticket": Form.new_ticket()}` and calls `renew()` before it shows a refused form.
    """

    salt: ClassVar[str]  # tickets of one form serve no other
    send_words: ClassVar[str]  # of the button, for the sentence that asks to press it again

    website = forms.CharField(
        label="Не заполняйте это поле",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)

    send_token: str = ""

    @classmethod
    def new_ticket(cls) -> str:
        """Return a signed ticket of one opening of the form: its one-time token and when it was opened."""
        return signing.dumps({"token": secrets.token_urlsafe(24), "at": int(time.time())}, salt=cls.salt)

    def clean(self) -> None:
        if self.cleaned_data.get("website"):
            self.add_error(None, "Заполнено скрытое поле, так делают программы. Мы его очистили: отправьте ещё раз.")
        if problem := self._read_ticket(self.cleaned_data.get("ticket", "")):
            self.add_error(None, problem)

    def _read_ticket(self, signed: str) -> str:
        """Take the one-time token out of the ticket; return what is wrong with it in words."""
        try:
            ticket = signing.loads(signed, salt=self.salt, max_age=MAX_SECONDS)
        except signing.BadSignature:
            return f"Форма открыта слишком давно. Текст сохранён ниже: нажмите «{self.send_words}» ещё раз."
        if time.time() - ticket["at"] < MIN_SECONDS:
            return "Форма отправлена слишком быстро. Текст сохранён: подождите пару секунд и отправьте ещё раз."
        self.send_token = ticket["token"]
        return ""

    def renew(self) -> None:
        """Make the form ready to be sent once more: the trap emptied, a new ticket where the old one serves no more."""
        kept = {name: self.data.get(name) for name in self.data}
        ticket = kept.get("ticket") if self.send_token else self.new_ticket()
        self.data = {**kept, "website": "", "ticket": ticket}

    def refuse(self, why: str) -> None:
        """Give the form back with the sentence `why` and a ticket of another message."""
        self.add_error(None, why)
        self.send_token = ""
        self.renew()
