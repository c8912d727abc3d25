"""Limits of actions count in rows, so that no process forgets."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from portal.core import limits
from portal.core.models import LimitHit

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def hit(source="1.2.3.4", limit=3):
    return limits.hit("login", source, limit=limit, per_seconds=60)


def test_limit_lets_so_many_through_and_refuses_the_next():
    assert [hit() for _use in range(5)] == [True, True, True, False, False]


def test_emptied_cache_forgets_nothing():
    for _use in range(3):
        hit()
    cache.clear()
    assert hit() is False


def test_other_source_is_not_touched():
    for _use in range(3):
        hit()
    assert hit("5.6.7.8") is True


def test_window_passes_and_refused_uses_do_not_prolong_it():
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        for _use in range(3):
            hit()
    with time_machine.travel(start + timedelta(seconds=50), tick=False):
        assert hit() is False
    with time_machine.travel(start + timedelta(seconds=61), tick=False):
        assert hit() is True


def test_innocent_use_is_given_back():
    taken = limits.take("login", "a", limit=1, per_seconds=60)
    taken.delete()
    assert limits.hit("login", "a", limit=1, per_seconds=60) is True


def test_source_is_not_readable_in_the_table():
    hit("somebody@example.org")
    assert "somebody" not in LimitHit.objects.get().source


@pytest.mark.parametrize(
    ("address", "one"),
    [("10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"), ("::ffff:10.0.0.1", "10.0.0.1")],
)
def test_one_visitor_is_an_address_or_a_network_of_ipv6(address, one):
    assert limits.network(address) == one
