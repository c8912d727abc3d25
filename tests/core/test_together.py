"""Rows of several tables by one query: every kind of value comes back as the field holds it."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from wagtail.models import Page, Site

from portal.core.together import Together, read_together
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from tests.factories.events import EventPageFactory, at
from tests.factories.vocabularies import TagFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_values_come_back_as_their_fields_hold_them(django_assert_num_queries):
    event = EventPageFactory(in_days=3, apply_by=timezone.localdate())
    area = Term.objects.get(vocabulary=Vocabulary.AREA, slug="rechevoe")
    events = type(event).objects.annotate(is_open=ExpressionWrapper(Q(state="planned"), BooleanField()))
    with django_assert_num_queries(1):
        found, terms = read_together(
            (
                events.filter(pk=event.pk),
                ("pk", "title", "starts_at", "apply_by", "live", "hours", "kind__slug", "is_open"),
            ),
            (Term.objects.filter(pk=area.pk), ("slug", "data", "parent_id")),
        )
    assert found == [(event.pk, event.title, at(3), timezone.localdate(), True, None, "seminar", True)]
    assert type(found[0][3]) is dt.date
    assert found[0][4] is True
    assert found[0][7] is True
    assert terms == [("rechevoe", area.data, None)]


def test_parts_without_rows_are_empty(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert read_together((Term.objects.filter(pk=0), ("pk",)), (Page.objects.filter(pk=0), ("pk", "title"))) == [
            [],
            [],
        ]


def test_all_parts_are_read_when_the_first_is_asked_for(django_assert_num_queries):
    shared = Together("of-the-test")
    sites = shared.add("sites", lambda: (Site.objects.all(), ("hostname",)))
    terms = shared.add("terms", lambda: (Term.objects.filter(slug="rechevoe"), ("slug",)))
    cache.clear()
    number = Site.objects.count()
    with django_assert_num_queries(1):
        assert terms() == [("rechevoe",)]
    with django_assert_num_queries(0):
        assert len(sites()) == number


def test_what_is_published_is_read_anew(django_capture_on_commit_callbacks):
    shared = Together("of-the-test")
    names = shared.add("terms", lambda: (Term.objects.filter(slug="rechevoe"), ("title",)))
    assert names() == [("Речевое развитие",)]
    with django_capture_on_commit_callbacks(execute=True):
        TagFactory(name="Опытная тема")
        Term.objects.filter(slug="rechevoe").update(title="Речь")
    assert names() == [("Речь",)]
