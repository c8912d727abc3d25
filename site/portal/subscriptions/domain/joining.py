"""Subscribing and leaving: asked on the portal, confirmed by the mailbox, ended by one click."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.accounts.privacy import ERASE_AFTER_DAYS
from portal.core import letters, limits, privacy
from portal.core.models import Consent, Letter
from portal.core.models.privacy import ConsentPurpose
from portal.subscriptions.domain import links
from portal.subscriptions.enums import Target
from portal.subscriptions.models import CONFIRM_WITHIN, Subscription
from portal.vocabularies.models import Tag

# One mailbox gets so many letters about subscribing in a day, whoever asks for them.
LETTERS_PER_DAY = 3
_DAY = 24 * 3600
ERASE_AFTER = timedelta(days=ERASE_AFTER_DAYS)
BASIS = "форма подписки, подтверждена из письма"
KINDS = ("subscription_confirm", "subscription_exists", "subscription_news")


def ask(email: str, target: Target, tag: Tag | None = None) -> None:
    """Write down that a mailbox wants to hear of `target` and send it a letter to confirm.

    Nothing in the answer tells whether the mailbox is known: one that has subscribed gets a letter that says so. Past
    LETTERS_PER_DAY to one mailbox no letter leaves.
    """
    email = email.lower()
    with transaction.atomic():
        found, made = Subscription.objects.get_or_create(email=email, target=target, tag=tag)
        if not made and found.ended_at is not None:  # came back: it begins anew, with a new consent
            Subscription.objects.filter(pk=found.pk).update(
                ended_at=None, confirmed_at=None, consent=None, asked_at=timezone.now()
            )
            found.refresh_from_db()
        elif found.confirmed_at is None:
            Subscription.objects.filter(pk=found.pk).update(asked_at=timezone.now())
        if not limits.hit("subscribe:mailbox", email, limit=LETTERS_PER_DAY, per_seconds=_DAY):
            return
        if found.confirmed_at is not None:
            words = {"what": found.what, "link": links.leave_url(email)}
            letters.queue_letter("subscription_exists", email, words)
        else:
            words = {"what": found.what, "link": links.confirm_url(found)}
            letters.queue_letter("subscription_confirm", email, words, secret=True)


def confirm(subscription: Subscription, *, address: str) -> None:
    """Begin a subscription on behalf of its mailbox and record the consent; a second click changes nothing."""
    with transaction.atomic():
        locked = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
        if locked.confirmed_at is not None:
            return
        consent = privacy.give_consent(ConsentPurpose.SUBSCRIPTION, email=locked.email, address=address, basis=BASIS)
        now = timezone.now()
        Subscription.objects.filter(pk=locked.pk).update(
            confirmed_at=now, ended_at=None, told_until=now, consent=consent
        )


def end(subscriptions: Iterable[Subscription], *, by: object = None) -> int:
    """End subscriptions and withdraw their consents; return how many were ended. `by` is the office's account."""
    ended = 0
    for subscription in subscriptions:
        with transaction.atomic():
            changed = Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=timezone.now())
            if changed and subscription.consent is not None:
                privacy.withdraw_consent(subscription.consent, by=by)
            ended += changed
    return ended


def own(email: str) -> list[Subscription]:
    """Return the subscriptions of a mailbox that letters come for."""
    found = Subscription.objects.active().filter(email=email)
    return list(found.select_related("tag", "consent").order_by("target", "pk"))


def prune() -> int:
    """Forget requests that nobody confirmed, and mailboxes that left thirty days ago (152-ФЗ art. 21); return how many.

    Consents stay as a fact with their edition and times, without the mailbox. A duty of the night.
    """
    now = timezone.now()
    stale = Subscription.objects.filter(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN)
    gone = Subscription.objects.filter(ended_at__lt=now - ERASE_AFTER)
    emails = set(gone.values_list("email", flat=True))
    with transaction.atomic():
        count = stale.delete()[0] + gone.delete()[0]
        kept = set(Subscription.objects.filter(email__in=emails).values_list("email", flat=True))
        forget_letters(emails - kept)
        old = Consent.objects.filter(text__purpose=ConsentPurpose.SUBSCRIPTION, withdrawn_at__lt=now - ERASE_AFTER)
        old.exclude(email="").update(email="", address=None)
    return count


def forget_letters(emails: Iterable[str]) -> int:
    """Delete what the outbox keeps of letters about subscriptions to these mailboxes; return how many."""
    return Letter.objects.filter(to__in=list(emails), kind__in=KINDS).delete()[0]
