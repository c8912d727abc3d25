"""The demonstration beside what people made before it."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from portal.accounts.models import User
from portal.demo.load import load_demo
from portal.demo.storage import store_image
from portal.organisations.models import Municipality, Organisation
from practices.models import PracticePage
from tests.demo.conftest import TINY

pytestmark = pytest.mark.integration


def test_addresses_and_names_of_people_are_evaded(db, media, few):
    owner = User.objects.create_user("editor@example.org", "own-password-77", first_name="Живой")
    place = Municipality.objects.get(slug="pallasovskiy")
    real = Organisation.objects.create(
        name="МКДОУ «Детский сад № 14 „Тюльпанчик“» г. Палласовки",
        short_name="Детский сад № 14",
        slug="detskiy-sad-14-tyulpanchik",
        municipality=place,
        inn="3499000010",
    )
    lines = list(load_demo(cover_width=TINY))
    assert any("editor@example.org: адрес занят" in line for line in lines)
    owner.refresh_from_db()
    assert (owner.is_demo, owner.groups.count(), owner.first_name) == (False, 0, "Живой")
    made = PracticePage.objects.get(external_id="demo-p01").organisation
    assert made != real and made.is_demo and made.inn != real.inn


def test_a_drawing_that_people_kept_is_not_written_over(db, media):
    first = store_image("one", title="Первая", alt="", jpeg=b"first", size=(1, 1))
    second = store_image("one", title="Вторая", alt="", jpeg=b"second", size=(1, 1))
    assert default_storage.open(first.file.name).read() == b"first"
    assert default_storage.open(second.file.name).read() == b"second"
