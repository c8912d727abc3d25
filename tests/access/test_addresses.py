"""Who may open an address: every one of the project stands in the table, and private ones answer strangers nothing.

`addresses.csv`: `public` — everybody; `person` — who has signed in, the rest is decided by rules of the room; `token` — who
holds the link of a letter; `redirect` — leads elsewhere. A new address is entered there, with a thought about who opens it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.access.addresses import addresses, sample

TABLE = {
    row["address"]: row
    for row in csv.DictReader(
        Path(__file__).with_name("addresses.csv").read_text(encoding="utf-8").splitlines(), delimiter=";"
    )
}
PRIVATE = [address for address, row in TABLE.items() if row["who"] == "person"]
# Signed out; not there; not by this method; made-up form of a stranger.
SHUT = {401, 403, 404, 405}


@pytest.mark.unit
def test_every_address_of_the_project_is_in_the_table_and_none_besides():
    known = set(addresses())
    assert known - set(TABLE) == set(), "enter them in tests/access/addresses.csv"
    assert set(TABLE) - known == set(), "these are gone"


@pytest.mark.unit
def test_table_knows_only_its_own_words():
    assert {row["who"] for row in TABLE.values()} <= {"public", "person", "token", "redirect"}


@pytest.mark.integration
@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", PRIVATE)
def test_stranger_is_led_to_sign_in_or_finds_nothing(client, address, method):
    answer = getattr(client, method)(TABLE[address]["sample"] or sample(address))
    led = answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")
    assert led or answer.status_code in SHUT, (answer.status_code, answer.headers.get("Location"))
    assert "public" not in answer.headers.get("Cache-Control", "")
