"""Fictional kindergartens of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from portal.core.slugs import free_slug
from portal.demo import content
from portal.demo.ledger import Ledger
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from search.text import match_key

_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_OFFICE = "3499"  # region 34, a tax office that does not exist: no living organisation has such a number


def load_organisations(ledger: Ledger) -> Iterator[str]:
    """Make the kindergartens that were never loaded."""
    for number, row in enumerate(content.read("organisations"), start=1):
        with ledger.unit(f"organisation:{row['slug']}") as due:
            if due:
                organisation = make_organisation(row, number)
                if organisation is None:
                    yield f"«{row['short_name']}»: нет муниципалитета «{row['municipality']}», организация пропущена"


def make_organisation(row: dict[str, Any], number: int) -> Organisation | None:
    """Return a new demonstration organisation, None without its municipality; taken names and codes are evaded."""
    municipality = Municipality.objects.filter(slug=row["municipality"], parent=None).first()
    if municipality is None:
        return None
    name = row["name"]
    if Organisation.objects.filter(municipality=municipality, name_match=match_key(name)).exists():
        name = f"{name} (демонстрация)"
    organisation = Organisation(
        name=name,
        short_name=row["short_name"],
        slug=free_slug(row["slug"], lambda slug: Organisation.objects.filter(slug=slug).exists()),
        kind=Term.objects.filter(vocabulary=Vocabulary.ORGANISATION_KIND, slug=row["kind"]).first(),
        municipality=municipality,
        city_district=Municipality.objects.filter(slug=row.get("city_district"), parent=municipality).first(),
        inn=free_inn(number),
        settlement=row["settlement"],
        address=row["address"],
        is_demo=True,
    )
    organisation.full_clean()
    organisation.save()
    return organisation


def find_organisation(row: dict[str, Any]) -> Organisation | None:
    """Return the demonstration organisation that was made of `row`, None when people deleted it."""
    names = [match_key(row["name"]), match_key(f"{row['name']} (демонстрация)")]
    return Organisation.objects.filter(
        is_demo=True, municipality__slug=row["municipality"], name_match__in=names
    ).first()


def free_inn(number: int) -> str:
    """Return a number with a right control digit that no organisation has, beginning with the `number`-th."""
    for candidate in count(number):
        inn = fictional_inn(candidate)
        if not Organisation.objects.filter(inn=inn).exists():
            return inn
    raise AssertionError("count() never ends")


def fictional_inn(number: int) -> str:
    """Return the `number`-th ИНН (0 … 99,999) of a tax office that does not exist, its control digit right."""
    head = f"{_INN_OFFICE}{number:05d}"
    control = sum(weight * int(digit) for weight, digit in zip(_INN_WEIGHTS, head, strict=True)) % 11 % 10
    return f"{head}{control}"
