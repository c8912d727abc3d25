"""What accounts answer to events of allauth and of consents: one line each."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from portal.accounts import acting
from portal.accounts.letters import tell_of_withdrawal
from portal.accounts.limits import password_source
from portal.accounts.models import User
from portal.accounts.sessions import end_sessions
from portal.core import limits, privacy
from portal.core.models import Consent
from portal.core.models.privacy import ConsentPurpose


@receiver(password_reset)
def mailbox_is_proved(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Who opened a one-time link from the mailbox need not confirm it again, nor wait out wrong passwords."""
    user.confirm_email()
    limits.forget("wrong-password", password_source(request, user.email))


@receiver(privacy.consent_withdrawn)
def close_account(consent: Consent, **kwargs: Any) -> None:
    """Without the consent for the account there is no account: it is closed at once."""
    if consent.user is not None and consent.text.purpose == ConsentPurpose.ACCOUNT:
        privacy.hide_person(user=consent.user)


@receiver(privacy.consent_withdrawn)
def withdrawal_has_a_number(consent: Consent, **kwargs: Any) -> None:
    """Whose consent it was is told by a letter."""
    tell_of_withdrawal(consent)


@receiver([password_changed, password_set, password_reset])
def others_must_sign_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A new password is asked for on every other device."""
    end_sessions(user, keep=request.session.session_key)


@receiver(user_logged_out)
def work_in_another_name_is_over(request: HttpRequest, **kwargs: Any) -> None:
    """Signing out ends the work as somebody else too."""
    acting.signed_out(request)
