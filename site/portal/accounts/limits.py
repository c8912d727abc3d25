"""How often account forms may be sent.

allauth's own limits are off (ACCOUNT_RATE_LIMITS = False): they count in the default cache by read-then-write, so an
emptied or per-process cache forgets them and parallel requests slip through. Ours count in database rows and hang on
public things alone, which survive upgrades: names of addresses (`AccountLimitsMiddleware`), the adapter's
`pre_authenticate` and the forms of ACCOUNT_FORMS and MFA_FORMS. Nothing of `allauth.core.internal` is replaced.

- by network address: every form, generously, since a whole kindergarten or a seminar may share one address;
- by account and address: wrong passwords. Who guesses from one address waits; the owner enters from another, so nobody
  is locked out for good;
- by account alone: codes of the second step, six digits that many addresses could search through together;
- by mailbox: letters (`letters.LETTERS_PER_HOUR`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from portal.core import limits

WRONG_PASSWORDS = 10
WRONG_PASSWORDS_SECONDS = 15 * 60
WRONG_CODES = 10
WRONG_CODES_SECONDS = 15 * 60


@dataclass(frozen=True)
class Rate:
    limit: int
    per_seconds: int


QUARTER = 15 * 60
# Name of the address → how many times it may be posted to from one network address.
POSTS: dict[str, Rate] = {
    "account_login": Rate(60, QUARTER),
    "account_signup": Rate(60, 3600),
    "account_reset_password": Rate(20, 3600),
    "account_reset_password_from_key": Rate(30, QUARTER),
    "account_confirm_email": Rate(60, QUARTER),
    "account_reauthenticate": Rate(30, QUARTER),
    "account_change_password": Rate(20, QUARTER),
    "account_set_password": Rate(20, QUARTER),
    "account_email": Rate(20, 3600),
    "mfa_authenticate": Rate(60, QUARTER),
    "mfa_reauthenticate": Rate(30, QUARTER),
    "mfa_activate_totp": Rate(30, QUARTER),
    "mfa_deactivate_totp": Rate(30, QUARTER),
    "mfa_generate_recovery_codes": Rate(20, 3600),
}


def address_of(request: HttpRequest) -> str:
    """Return what counts as one visitor of the network."""
    return limits.network(request.client_address)  # type: ignore[attr-defined]


def password_source(request: HttpRequest, email: str) -> str:
    """Return the pair by which wrong passwords are counted."""
    return f"{email.strip().lower()}|{address_of(request)}"
