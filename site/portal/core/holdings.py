"""What the core itself holds of people: consents and letters (see `privacy`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from portal.core import privacy
from portal.core.models import Consent, Letter, LetterChoice, Notice


def _consents(person: privacy.Person) -> QuerySet[Consent]:
    return Consent.objects.filter(Q(user_id=person.user_id, user__isnull=False) | Q(email__in=person.emails))


def _hide_consents(person: privacy.Person) -> Iterable[str]:
    for consent in _consents(person).filter(withdrawn_at=None).select_related("text"):
        privacy.withdraw_consent(consent)
        yield f"отозвано: {consent.text.get_purpose_display()}"


def _erase_consents(person: privacy.Person) -> Iterable[str]:
    """Leave the fact of each consent (edition, fingerprint, times) and take away whose it was."""
    for consent in _consents(person).filter(withdrawn_at=None):
        privacy.withdraw_consent(consent)
    rows = Consent.objects.filter(pk__in=list(_consents(person).values_list("pk", flat=True)))
    if count := rows.update(user=None, person="", person_key="", email="", address=None):
        yield f"имя, почта и сетевой адрес убраны из записей: {count}"


def _letters(person: privacy.Person) -> QuerySet[Letter]:
    return Letter.objects.filter(Q(to__in=person.emails) | Q(reply_to__in=person.emails))


def _erase_letters(person: privacy.Person) -> Iterable[str]:
    count, _ = _letters(person).delete()
    if count:
        yield f"удалено писем: {count}"


def _notices(person: privacy.Person) -> QuerySet[Notice]:
    return Notice.objects.filter(Q(user_id=person.user_id), user__isnull=False)


def _erase_notices(person: privacy.Person) -> Iterable[str]:
    count, _ = _notices(person).delete()
    if count:
        yield f"удалено уведомлений: {count}"


def _choices(person: privacy.Person) -> QuerySet[LetterChoice]:
    return LetterChoice.objects.filter(Q(user_id=person.user_id), user__isnull=False)


def _erase_choices(person: privacy.Person) -> Iterable[str]:
    count, _ = _choices(person).delete()
    if count:
        yield f"удалено настроек писем: {count}"


privacy.register(Letter, find=_letters, hide=privacy.nothing, erase=_erase_letters, label="Письма")
privacy.register(Notice, find=_notices, hide=privacy.nothing, erase=_erase_notices, label="Уведомления")
privacy.register(LetterChoice, find=_choices, hide=privacy.nothing, erase=_erase_choices, label="Настройки писем")
# The last: it is erased first, since a withdrawal writes a letter.
privacy.register(Consent, find=_consents, hide=_hide_consents, erase=_erase_consents, label="Согласия")
