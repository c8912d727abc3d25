"""The facet index against a naive count over the same records."""

from __future__ import annotations

import pickle
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.facets import FacetIndex

pytestmark = pytest.mark.unit

VALUES = ["a", "b", "c", "d"]
records = st.lists(
    st.fixed_dictionaries({"area": st.sets(st.sampled_from(VALUES)), "age": st.sets(st.sampled_from(VALUES))}),
    max_size=150,
)
choices = st.fixed_dictionaries(
    {}, optional={"area": st.lists(st.sampled_from([*VALUES, "nobody"])), "age": st.lists(st.sampled_from(VALUES))}
)


def keyed(items):
    return [(1000 + 7 * number, facets) for number, facets in enumerate(items)]


def naive(items, chosen, within):
    return [
        pk
        for pk, facets in items
        if pk in within and all(not values or set(values) & facets[facet] for facet, values in chosen.items())
    ]


@settings(max_examples=150, deadline=None)
@given(items=records, chosen=choices, data=st.data())
def test_selection_counts_and_pages_agree_with_a_naive_reading(items, chosen, data):
    items = keyed(items)
    ids = [pk for pk, _ in items]
    index = FacetIndex(items)
    within_ids = set(data.draw(st.lists(st.sampled_from(ids)))) if ids else set()
    within = index.bitmap(within_ids)
    expected = naive(items, chosen, within_ids)
    selected = index.select(chosen, within)

    assert index.page(selected, 0, len(ids) + 1) == expected
    start = data.draw(st.integers(0, len(ids) + 2))
    assert index.page(selected, start, 5) == expected[start : start + 5]

    shuffled = data.draw(st.permutations(ids))
    index.add_order("other", shuffled)
    assert index.page(selected, start, 5, order="other") == [pk for pk in shuffled if pk in expected][start : start + 5]
    assert (
        index.in_given_order(shuffled, selected, start, 5)
        == [pk for pk in shuffled if pk in expected][start : start + 5]
    )

    for facet, counted in index.counts(chosen, within).items():
        others = {name: values for name, values in chosen.items() if name != facet}
        for value, count in counted.items():
            assert count == len(naive(items, {**others, facet: [value]}, within_ids))


def test_a_facet_of_unknown_values_alone_satisfies_nobody():
    index = FacetIndex([(1, {"area": ["a"]}), (2, {})])
    assert index.select({"area": ["nobody"]}) == 0
    assert index.select({"area": []}) == index.all
    assert index.select({"nothing": ["x"]}) == 0


def test_unknown_ids_are_passed_over():
    index = FacetIndex([(5, {}), (3, {})])
    assert index.page(index.bitmap([3, 99]), 0, 10) == [3]


def test_an_order_must_name_every_record_once():
    index = FacetIndex([(1, {}), (2, {})])
    with pytest.raises(ValueError, match="every record once"):
        index.add_order("x", [1, 1])
    with pytest.raises(ValueError, match="every record once"):
        index.add_order("x", [1, 2, 3])


def test_an_empty_index_answers():
    index = FacetIndex([])
    assert (index.select({"a": ["b"]}), index.counts({}), index.page(index.all, 0, 20)) == (0, {}, [])


def test_an_index_survives_pickling():
    index = FacetIndex([(1, {"area": ["a"]}), (2, {"area": ["a", "b"]})])
    copy = pickle.loads(pickle.dumps(index))
    assert copy.counts({}) == {"area": {"a": 2, "b": 1}}


def test_twenty_thousand_records_are_counted_in_milliseconds():
    chance = random.Random(7)
    index = FacetIndex(
        (pk, {facet: chance.sample([f"{facet}{n}" for n in range(30)], 2) for facet in "abcdefghij"})
        for pk in range(20_000)
    )
    index.add_order("shuffled", chance.sample(range(20_000), 20_000))
    chosen = {"a": ["a1", "a2"], "b": ["b3", "b4", "b5"]}
    started = time.process_time()
    for _ in range(10):
        selected = index.select(chosen)
        index.counts(chosen)
        index.page(selected, 100, 20, order="shuffled")
        index.page(index.all, 19_000, 20)
    assert (time.process_time() - started) / 10 < 0.05
