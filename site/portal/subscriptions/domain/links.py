"""Signed links of letters: to confirm a subscription, to leave."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.subscriptions.models import CONFIRM_WITHIN, Subscription

_CONFIRM, _LEAVE = "portal.subscriptions.confirm", "portal.subscriptions.leave"


def confirm_url(subscription: Subscription) -> str:
    """Return the full address where the mailbox confirms; it serves CONFIRM_WITHIN."""
    token = signing.dumps({"pk": subscription.pk, "email": subscription.email}, salt=_CONFIRM, compress=True)
    return settings.SITE_URL + reverse("subscription_confirm", args=[token])


def to_confirm(token: str) -> Subscription | None:
    """Return the subscription of a link made by `confirm_url`; None for a made-up, old or deleted one."""
    try:
        meant = signing.loads(token, salt=_CONFIRM, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return None
    found = Subscription.objects.filter(pk=meant["pk"], email=meant["email"])
    return found.select_related("tag").first()


def leave_url(email: str) -> str:
    """Return the full address where the owner of the mailbox sees its subscriptions and ends them; it never expires."""
    return settings.SITE_URL + reverse("subscription_leave", args=[signing.dumps(email, salt=_LEAVE, compress=True)])


def leaving_email(token: str) -> str | None:
    """Return the mailbox of a link made by `leave_url`; None for a made-up one."""
    try:
        email: str = signing.loads(token, salt=_LEAVE)
    except signing.BadSignature:
        return None
    return email
