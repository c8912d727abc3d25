"""What people see when something is wrong: a sentence in Russian and what to do next, never a trace, never a leak."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.core.models import PortalSettings
from portal.home.models import ContentPage
from portal.urls import urlpatterns as portal_urls
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def breaks(error):
    def view(request):
        raise error

    return view


handler500 = "portal.core.views.server_error"
urlpatterns = [
    path("broken/database/", breaks(OperationalError("secret detail"))),
    path("broken/right/", breaks(PermissionDenied("secret detail"))),
    path("broken/request/", breaks(SuspiciousOperation("secret detail"))),
    *portal_urls,
]


@pytest.fixture
def hidden(home):
    """Addresses of a draft, an expired and a private page and of a page below a draft."""
    make = lambda parent, slug, **kw: parent.add_child(  # noqa: E731
        instance=ContentPage(title=f"Тайное название {slug}", slug=slug, **kw)
    )
    draft = make(home, "draft", live=False)
    private = make(home, "private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    return {
        "draft": draft.url,
        "orphan": make(draft, "orphan").url,
        "expired": make(home, "expired", expire_at=timezone.now() - dt.timedelta(minutes=1)).url,
        "private": private.url,
    }


@pytest.mark.parametrize("kind", ["draft", "orphan", "expired", "private"])
def test_what_is_not_for_a_stranger_does_not_exist(client, hidden, kind):
    response = client.get(hidden[kind])
    assert response.status_code == 404
    page = response.content.decode()
    assert "Страницы нет или она вам не открыта" in page
    assert "Тайное название" not in page


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"text=" + b"a" * 6_000_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(6_000)), "application/x-www-form-urlencoded"),
        (
            b'--edge\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + b"a" * 6_000_000 + b"\r\n--edge--\r\n",
            "multipart/form-data; boundary=edge",
        ),
    ],
    ids=["text", "fields", "multipart"],
)
def test_too_much_sent_is_answered_with_how_much_is_taken(client, body, content_type):
    response = client.post("/feedback/", body, content_type=content_type)
    assert response.status_code == 413
    assert "до 5 МБ текста" in response.content.decode()


def test_the_page_of_nothing_leads_on(client):
    PortalSettings.objects.update(operator_email="office@example.org")
    response = client.get("/net-takoy/?q=<script>alert(1)</script>")
    assert response.status_code == 404
    page = response.content.decode()
    assert 'action="/search/"' in page
    assert 'href="/practices/"' in page
    assert 'href="/accounts/login/?next=/net-takoy/"' in page
    assert "office@example.org" in page
    assert "<script>alert" not in page


def test_a_private_page_opens_for_whom_it_is_open(client, hidden, django_user_model):
    user = django_user_model.objects.create_user(email="a@example.org", password="portal-test-2022")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(hidden["private"]).status_code == 200


def test_a_page_for_a_group_does_not_send_others_round_in_a_circle(client, home, django_user_model):
    page = home.add_child(instance=ContentPage(title="Для группы", slug="for-group"))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    user = django_user_model.objects.create_user(email="a@example.org", password="portal-test-2022")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(page.url).status_code == 404


def test_pages_of_every_type_hide_alike(client):
    for page in make_siblings().values():
        assert client.get(page.get_url()).status_code == 200
        for hidden in page.get_siblings().filter(title__startswith="Росянка ").exclude(pk=page.pk):
            if hidden.title != f"Росянка {hidden.title.split()[-1]}":
                assert client.get(hidden.get_url()).status_code == 404, hidden.title


@override_settings(ROOT_URLCONF="tests.core.test_wrong_pages", DEBUG_PROPAGATE_EXCEPTIONS=False)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/broken/database/", 500, "Ошибка на нашей стороне"),
        ("/broken/right/", 403, "Это действие вам не открыто"),
        ("/broken/request/", 400, "Запрос не разобран"),
    ],
)
def test_faults_are_told_in_russian_without_details(address, status, words):
    response = Client(raise_request_exception=False).get(address)
    assert response.status_code == status
    page = response.content.decode()
    assert words in page
    assert "secret detail" not in page
    assert 'lang="ru"' in page


def test_the_page_of_our_fault_asks_no_database(django_assert_num_queries, caplog):
    from portal.core.views import server_error

    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/practices/"))
    page = response.content.decode()
    number = page.split('<b class="code">')[1].split("<")[0]
    assert f"event {number} at /practices/" in caplog.text


def test_a_foreign_name_of_the_portal_is_refused_in_russian(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "Запрос не разобран" in response.content.decode()


def test_a_form_that_grew_old_explains_itself():
    response = Client(enforce_csrf_checks=True).post("/feedback/", {"text": "Долго писал"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "Форма устарела" in page
    assert "Вернитесь назад" in page
