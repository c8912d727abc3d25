from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.core.middleware import (
    AdminPolicyMiddleware,
    CleanInputMiddleware,
    ClientAddressMiddleware,
    TextGZipMiddleware,
    WholeBodyMiddleware,
)

pytestmark = pytest.mark.unit


def seen(middleware, request):
    """Send `request` through a middleware; return the response and the request that the view got (None: no view)."""
    reached = []

    def view(inner):
        reached.append(inner)
        return HttpResponse("ok")

    response = middleware(view)(request)
    return response, reached[0] if reached else None


class TestClientAddress:
    @pytest.fixture(autouse=True)
    def proxies(self, settings):
        settings.TRUSTED_PROXIES = ["10.0.0.0/8", "192.0.2.1"]

    def address(self, peer, forwarded=None):
        headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
        request = RequestFactory().get("/", REMOTE_ADDR=peer, **headers)
        return seen(ClientAddressMiddleware, request)[1].client_address

    def test_without_proxy_it_is_the_peer(self):
        assert self.address("198.51.100.7") == "198.51.100.7"

    def test_a_stranger_cannot_name_another_address(self):
        assert self.address("198.51.100.7", "203.0.113.9") == "198.51.100.7"

    def test_behind_a_trusted_proxy_it_is_what_the_proxy_saw(self):
        assert self.address("10.1.1.1", "203.0.113.9") == "203.0.113.9"

    def test_what_the_visitor_wrote_before_the_proxy_is_not_believed(self):
        assert self.address("10.1.1.1", "1.1.1.1, 203.0.113.9") == "203.0.113.9"

    def test_a_chain_of_trusted_proxies_is_walked(self):
        assert self.address("10.1.1.1", "203.0.113.9, 192.0.2.1") == "203.0.113.9"

    @pytest.mark.parametrize("junk", ["unknown", "<script>", "", "203.0.113.9:1234", ", ,"])
    def test_junk_leaves_the_last_known_address(self, junk):
        assert self.address("10.1.1.1", junk) == "10.1.1.1"

    def test_wrapped_ipv4_is_one_visitor_with_bare_ipv4(self):
        assert self.address("::ffff:203.0.113.9") == "203.0.113.9"

    def test_socket_file_is_trusted_when_named(self, settings):
        assert self.address("", "203.0.113.9") == "0.0.0.0"
        settings.TRUSTED_PROXIES = ["unix"]
        assert self.address("", "203.0.113.9") == "203.0.113.9"

    def test_scheme_is_believed_of_trusted_proxies_only(self):
        for peer, believed in (("10.1.1.1", True), ("198.51.100.7", False)):
            request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO="https")
            inner = seen(ClientAddressMiddleware, request)[1]
            assert ("HTTP_X_FORWARDED_PROTO" in inner.META) is believed


class TestCleanInput:
    @pytest.fixture(autouse=True)
    def page_of_400(self, monkeypatch):
        monkeypatch.setattr("portal.core.middleware.render_to_string", lambda name: name)

    @pytest.mark.parametrize("query", ["q=igra%00", "q=%0%000igra", "%00q=igra%00%00", "q=\x00igra"])
    def test_nul_leaves_the_query(self, query):
        request = RequestFactory().get("/search/")
        request.META["QUERY_STRING"] = query
        inner = seen(CleanInputMiddleware, request)[1]
        assert "%00" not in inner.META["QUERY_STRING"]
        assert "\x00" not in "".join([*inner.GET, *inner.GET.values()])

    def test_query_without_nul_is_left_alone(self):
        inner = seen(CleanInputMiddleware, RequestFactory().get("/search/?q=50%25&q=%D1%91"))[1]
        assert inner.GET.getlist("q") == ["50%", "ё"]

    def test_nul_in_the_address_is_refused(self):
        request = RequestFactory().get("/")
        request.path_info = "/practices/\x00/"
        response, inner = seen(CleanInputMiddleware, request)
        assert (response.status_code, inner) == (400, None)

    @pytest.mark.parametrize("body", [b"text=a%00b", b"text=a\x00b"])
    def test_nul_in_a_form_is_refused(self, body):
        request = RequestFactory().post("/", body, content_type="application/x-www-form-urlencoded")
        assert seen(CleanInputMiddleware, request)[0].status_code == 400

    @pytest.mark.parametrize(
        ("body", "status"), [(rb'{"a": "\u0000"}', 400), (rb'{"a": "\\u0000"}', 200), (b"{}", 200)]
    )
    def test_nul_in_json_is_refused(self, body, status):
        request = RequestFactory().post("/", body, content_type="application/json")
        assert seen(CleanInputMiddleware, request)[0].status_code == status

    def test_form_goes_through_and_can_still_be_read(self):
        request = RequestFactory().post("/", "text=100%2500", content_type="application/x-www-form-urlencoded")
        response, inner = seen(CleanInputMiddleware, request)
        assert response.status_code == 200
        assert inner.POST["text"] == "100%00"

    def test_form_with_files_is_not_read(self):
        request = RequestFactory().post("/", {"text": "a"})
        inner = seen(CleanInputMiddleware, request)[1]
        assert not inner._read_started


class TestWholeBody:
    @pytest.fixture(autouse=True)
    def page_of_413(self, monkeypatch):
        monkeypatch.setattr("portal.core.middleware.render_to_string", lambda name: name)

    def test_what_the_view_left_unread_is_heard_out(self):
        request = RequestFactory().post("/", b"x" * 200_000, content_type="application/octet-stream")
        response, inner = seen(WholeBodyMiddleware, request)
        assert response.status_code == 200
        assert inner.read() == b""

    def test_more_than_any_form_is_refused_and_still_heard_out(self, settings):
        settings.LARGEST_REQUEST = 1000
        request = RequestFactory().post("/", b"x" * 1001, content_type="application/octet-stream")
        response, inner = seen(WholeBodyMiddleware, request)
        assert (response.status_code, response.content, inner) == (413, b"413.html", None)
        assert request.read() == b""

    def test_a_visitor_who_has_gone_breaks_nothing(self, monkeypatch):
        request = RequestFactory().post("/", b"x", content_type="application/octet-stream")
        monkeypatch.setattr(request, "read", lambda size: (_ for _ in ()).throw(OSError("gone")))
        assert seen(WholeBodyMiddleware, request)[0].status_code == 200


class TestAdminPolicy:
    def test_admin_may_be_framed_by_itself_only(self):
        response, _ = seen(AdminPolicyMiddleware, RequestFactory().get("/admin/pages/"))
        assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors" in response._csp_config

    def test_preview_of_a_page_may_be_framed_by_the_admin(self):
        request = RequestFactory().get("/news/")
        request.is_dummy = True
        assert seen(AdminPolicyMiddleware, request)[0].headers["X-Frame-Options"] == "SAMEORIGIN"

    def test_public_page_keeps_the_public_policy(self):
        response, _ = seen(AdminPolicyMiddleware, RequestFactory().get("/news/"))
        assert not hasattr(response, "_csp_config")


@pytest.mark.parametrize(
    ("media_type", "compressed"),
    [("text/html; charset=utf-8", True), ("application/json", True), ("image/webp", False), ("application/pdf", False)],
)
def test_only_text_is_compressed(media_type, compressed):
    middleware = TextGZipMiddleware(lambda request: HttpResponse(b"x" * 5000, content_type=media_type))
    response = middleware(RequestFactory().get("/", HTTP_ACCEPT_ENCODING="gzip"))
    assert (response.headers.get("Content-Encoding") == "gzip") is compressed
    assert (gzip.decompress(response.content) if compressed else response.content) == b"x" * 5000
