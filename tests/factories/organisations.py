"""The registry for tests."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from portal.organisations.models import Municipality, MunicipalityKind, Organisation

_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def valid_inn(number: int) -> str:
    """An ИНН of an organisation with the right control digit, one for each number."""
    nine = f"{340000000 + number:09d}"
    return nine + str(sum(w * int(d) for w, d in zip(_WEIGHTS, nine, strict=True)) % 11 % 10)


class MunicipalityFactory(DjangoModelFactory):
    """A municipal district beside the real ones."""

    name = factory.Sequence(lambda n: f"Вымышленный {n} муниципальный район")
    short_name = factory.Sequence(lambda n: f"Вымышленный {n} район")
    slug = factory.Sequence(lambda n: f"vymyshlennyy-{n}")
    kind = MunicipalityKind.MUNICIPAL_DISTRICT

    class Meta:
        model = Municipality


class OrganisationFactory(DjangoModelFactory):
    """An open kindergarten of its own municipality; give `municipality` to put several into one."""

    name = factory.Sequence(lambda n: f"МБДОУ «Детский сад № {1000 + n}»")
    short_name = factory.Sequence(lambda n: f"Детский сад № {1000 + n}")
    slug = factory.Sequence(lambda n: f"detskiy-sad-{1000 + n}")
    municipality = factory.SubFactory(MunicipalityFactory)
    inn = factory.Sequence(valid_inn)

    class Meta:
        model = Organisation
