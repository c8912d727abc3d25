"""Personal data across the apps: who holds what of a person, how it is hidden and how it is erased.

Each app registers its models in `<app>/privacy.py`, imported by its AppConfig; a test fails when a model holds a key to
a user, a name or an e-mail and is neither registered nor exempted with a reason (152-ФЗ art. 10.1, 21).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone

from portal.core import acting, versions, withdrawals
from portal.core.models import Consent, ConsentText

# Sent in the transaction of the withdrawal with `consent` and `by`: receivers hide at once what the consent covered.
consent_withdrawn = Signal()


@dataclass(frozen=True)
class Person:
    """Somebody whose data are looked for: an account, mailboxes, or both."""

    user: Any = None
    emails: tuple[str, ...] = ()

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user is not None else None


Find = Callable[[Person], models.QuerySet]
Change = Callable[[Person], Iterable[str]]


@dataclass(frozen=True)
class Holding:
    """One model that holds data of people."""

    model: type[models.Model]
    label: str
    find: Find
    hide: Change
    erase: Change


_holdings: dict[type[models.Model], Holding] = {}


def register(model: type[models.Model], *, find: Find, hide: Change, erase: Change, label: str) -> None:
    """Tell how data of a person are found, hidden from everybody and erased in `model`.

    `hide` and `erase` return lines for the act, one for each thing done. Raises ValueError for a second registration.
    """
    if model in _holdings:
        raise ValueError(f"{model._meta.label} is registered twice")
    _holdings[model] = Holding(model, label, find, hide, erase)


def nothing(person: Person) -> Iterable[str]:
    """For models where there is nothing to hide: no visitor sees them."""
    return ()


def registered_models() -> set[type[models.Model]]:
    """Return every model that some app registered."""
    return set(_holdings)


def as_person(user: Any = None, email: str = "") -> Person:
    """Return the person behind an account or a mailbox, of which one is enough (none: ValueError)."""
    if user is None and not email:
        raise ValueError("a person is an account or an e-mail")
    emails = {email.strip().lower()} if email else set()
    if user is None:
        accounts = get_user_model()._default_manager.filter(Q(email__in=emails) | Q(emailaddress__email__in=emails))
        user = accounts.order_by("pk").first()
    if user is not None:
        emails |= {user.email.lower(), *user.emailaddress_set.values_list("email", flat=True)}
    return Person(user, tuple(sorted(emails - {""})))


def find_person(user: Any = None, email: str = "") -> list[tuple[str, list[models.Model]]]:
    """Return what the portal holds of a person: pairs of a Russian label and the rows."""
    person = as_person(user, email)
    found = [(holding.label, list(holding.find(person))) for holding in _holdings.values()]
    return [(label, rows) for label, rows in found if rows]


def hide_person(user: Any = None, email: str = "") -> list[str]:
    """Take everything of a person out of sight, everywhere and at once; return what was done."""
    return _apply("hide", as_person(user, email))


def erase_person(user: Any = None, email: str = "") -> list[str]:
    """Erase a person's data for good: rows, files, revisions, letters, labels of journals. Return the act."""
    person = as_person(user, email)
    known = (person.user.pk, person.user.date_joined) if person.user is not None else None
    done = _apply("erase", person)
    if known is not None:
        transaction.on_commit(partial(withdrawals.note_erasure, *known), robust=True)
    return done


def apply_withdrawals_again() -> int:
    """Withdraw and erase what the journal outside the database knows and the database does not: it was put back from an
    older copy. Return how many; a second call finds nothing.
    """
    done = 0
    for entry in withdrawals.entries():
        done += _withdraw_again(entry) if "consent" in entry else _erase_again(entry)
    return done


def _withdraw_again(entry: dict[str, Any]) -> int:
    found = Consent.objects.filter(pk=entry["consent"], given_at=entry["given_at"], withdrawn_at=None).first()
    if found is None:
        return 0
    withdraw_consent(found)
    Consent.objects.filter(pk=found.pk).update(withdrawn_at=entry["withdrawn_at"])  # of the person's own act
    return 1


def _erase_again(entry: dict[str, Any]) -> int:
    users = get_user_model()._default_manager
    user = users.filter(pk=entry["erased"], date_joined=entry["joined"], is_active=True).first()
    if user is None:
        return 0
    erase_person(user=user)
    return 1


def _apply(change: str, person: Person) -> list[str]:
    done: list[str] = []
    with transaction.atomic():
        # Upper apps first: they find a person by what lower ones are about to forget.
        for holding in reversed(_holdings.values()):
            done += [f"{holding.label}: {line}" for line in getattr(holding, change)(person)]
        versions.bump()
    return done


def current_text(purpose: str) -> ConsentText:
    """Return the edition in force of the text for `purpose`; raises ConsentText.DoesNotExist when there is none."""
    return ConsentText.objects.current().get(purpose=purpose)


def give_consent(
    purpose: str,
    *,
    user: Any = None,
    email: str = "",
    person: str = "",
    fields: Sequence[str] = (),
    valid_until: dt.date | None = None,
    address: str | None,
    basis: str,
) -> Consent:
    """Record that somebody agreed to the edition in force: its fingerprint, time, network address and form.

    The first consent fixes the edition: names of the operator are written into its text, so that a later change of
    the portal's settings does not change what people agreed to. Raises ConsentText.DoesNotExist without an edition,
    ValueError when there is nobody who gives the consent and PermissionDenied in somebody else's name.
    """
    acting.refuse()
    if user is None and not (email or person):
        raise ValueError("a consent needs somebody who gives it")
    with transaction.atomic():
        text = ConsentText.objects.select_for_update().get(pk=current_text(purpose).pk)
        if not text.is_used and text.body != text.wording:
            text.body = text.wording
            text.save(update_fields=["body"])
        return Consent.objects.create(
            user=user,
            email=(email or getattr(user, "email", "")).lower(),
            person=person or (user.get_full_name() if user is not None else ""),
            text=text,
            text_digest=text.digest,
            fields=list(fields),
            valid_until=valid_until,
            address=address,
            basis=basis,
        )


def withdraw_consent(consent: Consent, *, by: Any = None, note: str = "") -> Consent:
    """Withdraw a consent and hide at once what it covered; a withdrawn one stays as it is.

    `by` is the account that does it: the person's own or the office's; `note` names the paper by which the office does.
    Apps hear of it by `consent_withdrawn`, in the same transaction, and everything published gets a new version, so that
    no cache shows the withdrawn. Raises PermissionDenied for an administrator who works in somebody else's name.
    """
    acting.refuse()
    with transaction.atomic():
        locked = Consent.objects.select_for_update(of=("self",)).select_related("text", "user").get(pk=consent.pk)
        if locked.withdrawn_at is None:
            locked.withdrawn_at = timezone.now()
            locked.withdrawal_note = note
            locked.save(update_fields=["withdrawn_at", "withdrawal_note"])
            consent_withdrawn.send(sender=Consent, consent=locked, by=by)
            transaction.on_commit(partial(withdrawals.note_consent, locked), robust=True)
            versions.bump()
    consent.withdrawn_at, consent.withdrawal_note = locked.withdrawn_at, locked.withdrawal_note
    return consent
