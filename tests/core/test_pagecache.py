from __future__ import annotations

import gzip

import brotli
import pytest
from django.test import RequestFactory
from django.utils import timezone

from portal.core import versions
from portal.core.pagecache import accepted_encoding, without_tracking
from portal.home.models import ContentPage
from tests.core import urls_cached

pytestmark = pytest.mark.integration
SHARED = "/shared/"


@pytest.fixture
def made(settings):
    """How many pages the views have made: the rest came from the cache."""
    settings.ROOT_URLCONF = "tests.core.urls_cached"
    urls_cached.made.clear()
    return urls_cached.made


@pytest.fixture
def published(home):
    """A published page of the tree."""
    page = home.add_child(instance=ContentPage(title="Правила", slug="test-rules", live=False))
    page.save_revision().publish()
    return page


@pytest.mark.django_db
class TestWhatIsKept:
    def test_second_visit_costs_no_query_and_no_rendering(self, client, made, django_assert_num_queries):
        first = client.get(SHARED)
        with django_assert_num_queries(0):
            second = client.get(SHARED)
        assert second.content == first.content
        assert len(made) == 1

    def test_publishing_throws_everything_away(self, client, made, django_capture_on_commit_callbacks):
        client.get(SHARED)
        with django_capture_on_commit_callbacks(execute=True):
            versions.bump()
        client.get(SHARED)
        assert len(made) == 2

    @pytest.mark.parametrize("address", ["/cookie/", "/missing/", "/personal/", "/admin/shared/"])
    def test_what_is_not_for_everybody_is_made_anew(self, client, made, address):
        client.get(address)
        client.get(address)
        assert len(made) == 2

    def test_post_is_never_answered_from_the_cache(self, client, made):
        client.get(SHARED)
        client.post(SHARED)
        assert len(made) == 2

    def test_head_is_answered_but_does_not_fill_the_cache(self, client, made):
        client.head(SHARED)
        body = client.get(SHARED).content
        assert len(body) > 100
        head = client.head(SHARED)
        assert (head.content, int(head.headers["Content-Length"])) == (b"", len(body))
        assert len(made) == 2

    def test_hosts_do_not_share_pages(self, client, made, settings):
        settings.ALLOWED_HOSTS = ["one.example", "two.example"]
        client.get(SHARED, headers={"host": "one.example"})
        client.get(SHARED, headers={"host": "two.example"})
        assert len(made) == 2

    def test_parts_for_htmx_are_kept_apart(self, client, made):
        client.get(SHARED)
        client.get(SHARED, headers={"HX-Request": "true", "HX-Target": "results"})
        client.get(SHARED, headers={"HX-Request": "true", "HX-Target": "results"})
        assert len(made) == 2

    def test_invented_targets_do_not_fill_the_cache(self, client, made):
        for _ in range(2):
            client.get(SHARED, headers={"HX-Request": "true", "HX-Target": "x" * 41})
        assert len(made) == 2

    def test_very_long_address_is_answered_but_not_kept(self, client, made):
        for _ in range(2):
            assert client.get(SHARED, {"q": "x" * 600}).status_code == 200
        assert len(made) == 2

    def test_preview_of_the_admin_neither_reads_nor_fills_the_cache(self, made, published):
        seen = []
        published.serve_preview = lambda request, mode: seen.append(request) or urls_cached.shared(request)
        for _ in range(2):
            response = published.make_preview_request(RequestFactory().get("/"))
            assert "private" in response.headers["Cache-Control"]
        assert len(seen) == 2

    def test_page_is_not_kept_past_its_expiry(self, client, made, home, monkeypatch):
        kept_for = []
        monkeypatch.setattr("portal.core.pagecache.cache.set", lambda key, value, seconds: kept_for.append(seconds))
        soon = timezone.now() + timezone.timedelta(minutes=10)
        home.add_child(instance=ContentPage(title="Временная", slug="test-soon", expire_at=soon))
        client.get(SHARED)
        assert kept_for[-1] <= 600


@pytest.mark.django_db
class TestTracking:
    def test_the_view_does_not_see_it_and_the_page_is_shared(self, client, made):
        client.get(f"{SHARED}?utm_source=mail&q=a&yclid=5")
        client.get(f"{SHARED}?q=a&utm_campaign=x")
        assert made == ["/shared/?q=a"]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("q=1&utm_source=a", "q=1"),
        ("utm%5Fsource=a&q=1", "q=1"),
        ("q=utm_source", "q=utm_source"),
        ("area=a&area=b&ysclid=1&page=2", "area=a&area=b&page=2"),
        ("q=%D0%B8+a%26b", "q=%D0%B8+a%26b"),
        ("", ""),
    ],
)
def test_only_tracking_leaves_the_query(query, kept):
    assert without_tracking(query) == kept


@pytest.mark.unit
@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0", "identity"),
        ("*", "br"),
        ("identity", "identity"),
        ("", "identity"),
        ("bread, q=zz;;", "identity"),
        ("br;q=oops", "identity"),
    ],
)
def test_encoding_is_what_the_browser_accepts(header, encoding):
    assert accepted_encoding(header) == encoding


@pytest.mark.django_db
@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)])
class TestEncodings:
    def test_body_is_the_same_in_every_encoding(self, client, made, encoding, unpack):
        plain = client.get(SHARED).content
        packed = client.get(SHARED, headers={"Accept-Encoding": encoding})
        assert unpack(packed.content) == plain
        assert packed.headers.get("Content-Encoding", "") == encoding
        assert int(packed.headers["Content-Length"]) == len(packed.content)

    def test_known_page_is_answered_by_304(self, client, made, encoding, unpack):
        first = client.get(SHARED, headers={"Accept-Encoding": encoding})
        again = client.get(SHARED, headers={"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]

    def test_caches_on_the_way_are_told_what_it_depends_on(self, client, made, encoding, unpack):
        headers = client.get(SHARED, headers={"Accept-Encoding": encoding}).headers
        varies = {part.strip().lower() for part in headers["Vary"].split(",")}
        assert {"accept-encoding", "hx-request", "hx-target"} <= varies
        assert "cookie" not in varies
        assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.django_db
def test_etags_of_encodings_differ(client, made):
    tags = {client.get(SHARED, headers={"Accept-Encoding": name}).headers["ETag"] for name in ("br", "gzip", "")}
    assert len(tags) == 3
