"""Which letter answers which event of an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from portal.accounts.models import User
from portal.accounts.privacy import obeyed_by
from portal.core import letters, limits
from portal.core.models import Consent
from portal.core.models.privacy import ConsentPurpose

# One mailbox gets so many letters of one kind in an hour, whoever asks for them: nobody's mailbox is flooded by us.
LETTERS_PER_HOUR = 5


@dataclass(frozen=True)
class AccountLetter:
    """A kind of letter; `link` is the page or the context name of a one-time address."""

    kind: str
    page: str = ""
    one_time: str = ""


# allauth's template → our letter.
BY_TEMPLATE: Mapping[str, AccountLetter] = {
    "account/email/email_confirmation_signup": AccountLetter("account_confirm", one_time="activate_url"),
    "account/email/email_confirmation": AccountLetter("account_confirm_address", one_time="activate_url"),
    "account/email/account_already_exists": AccountLetter("account_exists", page="account_reset_password"),
    "account/email/unknown_account": AccountLetter("account_unknown", page="account_signup"),
    "account/email/password_reset_key": AccountLetter("account_reset", one_time="password_reset_url"),
    "account/email/password_changed": AccountLetter("account_password_changed", page="account_reset_password"),
    "account/email/password_reset": AccountLetter("account_password_changed", page="account_reset_password"),
    "account/email/password_set": AccountLetter("account_password_changed", page="account_reset_password"),
    "account/email/email_changed": AccountLetter("account_email_changed"),
    "account/email/email_deleted": AccountLetter("account_email_changed"),
    "mfa/email/totp_activated": AccountLetter("account_second_factor_on"),
    "mfa/email/totp_deactivated": AccountLetter("account_second_factor_off"),
    "mfa/email/recovery_codes_generated": AccountLetter("account_codes"),
}


def absolute(name: str, **kwargs: Any) -> str:
    """Return the full address of a page by SITE_URL: the Host header of a request is what its sender made it."""
    return settings.SITE_URL + reverse(name, kwargs=kwargs or None)


def queue_account_letter(letter: AccountLetter, email: str, *, user: User | None, context: Mapping[str, Any]) -> None:
    """Queue a letter about an account; past LETTERS_PER_HOUR of a kind to one mailbox it is silently left out."""
    if not limits.hit(f"letter:{letter.kind}", email.lower(), limit=LETTERS_PER_HOUR, per_seconds=3600):
        return
    values = {
        "name": user.get_short_name() if user else "",
        "time": f"{timezone.localtime():%d.%m.%Y %H:%M}",
        "link": context[letter.one_time] if letter.one_time else absolute(letter.page) if letter.page else "",
    }
    letters.queue_letter(letter.kind, email, values, secret=bool(letter.one_time))


def reset_link(user: User) -> str:
    """Return a one-time address where `user` sets a password; it also proves the mailbox."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return absolute("account_reset_password_from_key", uidb36=user_pk_to_url_str(user), key=token)


def queue_invitation(user: User) -> None:
    """Tell a person whose account an administrator made where to set the first password."""
    letter = AccountLetter("account_invited", one_time="reset_link")
    queue_account_letter(letter, user.email, user=user, context={"reset_link": reset_link(user)})


def tell_of_withdrawal(consent: Consent) -> None:
    """Write to whose consent was withdrawn: its number, what is hidden already and by when the rest is.

    Somebody who leaves a subscription or an appeal is not written to once more.
    """
    address = consent.email or (consent.user.email if consent.user is not None else "")
    if not address or consent.text.purpose in {ConsentPurpose.SUBSCRIPTION, ConsentPurpose.FEEDBACK}:
        return
    values = {
        "number": consent.withdrawal_number,
        "consent": consent.text.title,
        "until": date_format(obeyed_by(consent), "j E Y"),
    }
    letters.queue_letter("consent_withdrawn", address, values, dedupe_key=f"consent-withdrawn:{consent.pk}")
