"""What mailings hold of people (see `portal.core.privacy`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from portal.core import privacy
from portal.mailing.models import MailingRow


def _rows(person: privacy.Person) -> QuerySet[MailingRow]:
    own = Q(user_id=person.user_id) if person.user_id is not None else Q(pk__in=[])
    return MailingRow.objects.filter(own | Q(email__in=person.emails))


def _erase(person: privacy.Person) -> Iterable[str]:
    if count := _rows(person).delete()[0]:
        yield f"удалено писем рассылок: {count}"


privacy.register(MailingRow, find=_rows, hide=privacy.nothing, erase=_erase, label="Письма рассылок")
