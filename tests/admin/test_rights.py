"""Who may open what in the admin: every role against every list, form and action of the project."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Site

from contests.models import ContestSeries
from portal.core.models import ConsentText, LetterTemplate, PortalSettings
from portal.home.models import FeedbackMessage
from portal.organisations.models import Municipality
from portal.setup.groups import COORDINATORS, EDITORS, MODERATORS
from portal.vocabularies.models import Tag, Term
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ROLES = ("admin", "editor", "moderator", "coordinator", "teacher", "nobody")


def people(role):
    groups = {"editor": [EDITORS], "moderator": [MODERATORS], "coordinator": [COORDINATORS]}.get(role, [])
    return make_account(f"{role}@example.org", groups=groups, is_superuser=role == "admin")


# screen → the roles that open it; staff without the right are led to the first screen, others see 404, strangers sign in
STAFF = {"admin", "editor", "moderator"}
EDIT = {"admin", "editor"}
ADMIN = {"admin"}
SNIPPETS = {
    "vocabularies/tag": {"list": EDIT, "add": EDIT, "edit": EDIT, "delete": EDIT},
    "vocabularies/educationalarea": {"list": EDIT, "add": EDIT, "edit": EDIT},
    "vocabularies/deficit": {"list": EDIT, "add": EDIT},
    "organisations/organisation": {"list": STAFF, "add": STAFF},
    "organisations/municipality": {"list": EDIT, "add": ADMIN, "edit": EDIT, "delete": ADMIN},
    "contests/contestseries": {"list": EDIT, "add": EDIT, "edit": EDIT, "delete": EDIT},
    "home/feedbackmessage": {"list": STAFF, "add": set(), "edit": set(), "delete": set(), "inspect": STAFF},
    "core/letter": {"list": {"admin", "moderator"}, "add": set()},
    "core/lettertemplate": {
        "list": {"admin", "moderator"},
        "add": set(),
        "edit": {"admin", "moderator"},
        "delete": set(),
    },
    "intake/intakewindow": {"list": {"admin", "moderator"}, "add": {"admin", "moderator"}},
    "intake/intakeextension": {"list": {"admin", "moderator"}, "add": {"admin", "moderator"}},
    "core/consenttext": {"list": ADMIN, "add": ADMIN},
    "core/consent": {"list": STAFF, "add": STAFF},  # one signed on paper
}
SCREENS = {
    "/admin/": STAFF,
    "/admin/account/": STAFF,
    "/admin/pages/": EDIT,
    "/admin/practices/": EDIT,
    "/admin/practice-collections/": EDIT,
    "/admin/news/": EDIT,
    "/admin/events/": EDIT,
    "/admin/contests/": EDIT,
    "/admin/official-documents/": EDIT,
    "/admin/event-cycles/": EDIT,
    "/admin/event-plans/": EDIT,
    "/admin/images/": EDIT,
    "/admin/images/add/": EDIT,
    "/admin/documents/": EDIT,
    "/admin/documents/add/": EDIT,
    "/admin/redirects/": EDIT,
    "/admin/redirects/add/": EDIT,
    "/admin/searchpicks/": EDIT,
    "/admin/organisations/import/": STAFF,
    "/admin/roadmap/": ADMIN,  # and those named on a plan: tests/roadmap/views/test_desk.py
    "/admin/roadmap/plans/": ADMIN,
    "/admin/users/": ADMIN,
    "/admin/users/new/": ADMIN,
    "/admin/groups/": ADMIN,
    "/admin/groups/new/": ADMIN,
    "/admin/sites/": ADMIN,
    "/admin/collections/": ADMIN,
    "/admin/workflows/list/": ADMIN,
    "/admin/workflows/tasks/index/": ADMIN,
    "/admin/settings/core/portalsettings/": ADMIN,
}


def screens():
    yield from SCREENS.items()
    for model, verbs in SNIPPETS.items():
        for verb, roles in verbs.items():
            yield f"{model} {verb}", roles


@pytest.fixture
def address(db):
    rows = {
        "vocabularies/tag": Tag.objects.first,
        "vocabularies/educationalarea": lambda: Term.objects.of("educational_areas").first(),
        "organisations/municipality": Municipality.objects.first,
        "contests/contestseries": ContestSeries.objects.first,
        "core/lettertemplate": LetterTemplate.objects.first,
        "core/consenttext": ConsentText.objects.first,
        "home/feedbackmessage": FeedbackMessage.objects.first,
    }
    first = {
        "/admin/pages/": Site.objects.get().root_page_id,
        "/admin/settings/core/portalsettings/": PortalSettings.load().pk,
    }
    FeedbackMessage.objects.create(email="a@example.org", subject="Вопрос", text="Здравствуйте", send_token="t")

    def build(screen):
        if screen.startswith("/"):
            return f"{screen}{first[screen]}/" if screen in first else screen
        model, verb = screen.split()
        name = f"wagtailsnippets_{model.replace('/', '_')}:{verb}"
        return reverse(name, args=[rows[model]().pk] if verb in {"edit", "delete", "inspect"} else [])

    return build


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_own_screens_alone(role, client, address):
    if role != "nobody":
        client.force_login(people(role))
    wrong = {}
    for screen, roles in screens():
        answer = client.get(address(screen))
        if role in roles:
            expected = answer.status_code == 200
        elif role == "nobody":
            expected = answer.status_code == 302 and answer.url.startswith("/accounts/login/")
        elif role in STAFF:
            expected = answer.status_code in {302, 403, 404} and "login" not in answer.get("Location", "")
        else:
            expected = answer.status_code == 404
        if not expected:
            wrong[screen] = (answer.status_code, answer.get("Location", ""))
    assert wrong == {}


@pytest.mark.parametrize("role", ["editor", "moderator", "coordinator", "teacher"])
def test_nobody_but_the_administrator_changes_people_groups_and_the_portal(role, client):
    client.force_login(people(role))
    settings_before = PortalSettings.load().portal_name
    for path, data in (
        ("/admin/users/new/", {"email": "x@example.org", "last_name": "И", "first_name": "П", "is_superuser": "on"}),
        ("/admin/groups/new/", {"name": "Новая"}),
        ("/admin/settings/core/portalsettings/1/", {"portal_name": "Взлом"}),
        (f"/admin/sites/edit/{Site.objects.get().pk}/", {"hostname": "evil.example"}),
    ):
        assert client.post(path, data).status_code in {302, 403, 404}, path
    assert PortalSettings.load().portal_name == settings_before
    assert Site.objects.get().hostname != "evil.example"


def test_moderator_neither_edits_nor_publishes_pages(client, home):
    client.force_login(people("moderator"))
    before = home.latest_revision_id
    for verb in ("edit", "unpublish", "delete", "move"):
        assert client.get(f"/admin/pages/{home.pk}/{verb}/").status_code in {302, 403}
        client.post(f"/admin/pages/{home.pk}/{verb}/", {"title": "x", "action-publish": "1"})
    home.refresh_from_db()
    assert home.live
    assert home.latest_revision_id == before


def test_messages_are_marked_by_those_who_answer_them_and_read_only_for_all(client):
    message = FeedbackMessage.objects.create(
        email="a@example.org", subject="Вопрос", text="<b>Здравствуйте</b>", send_token="t"
    )
    mark = reverse("wagtailsnippets_home_feedbackmessage:mark", args=[message.pk])
    client.force_login(people("moderator"))
    page = client.get(reverse("wagtailsnippets_home_feedbackmessage:inspect", args=[message.pk])).content.decode()
    assert "&lt;b&gt;Здравствуйте" in page
    assert "отвеченным обращение «Вопрос»?" in client.get(mark).content.decode()
    client.post(mark)
    message.refresh_from_db()
    assert message.is_answered
    listed = client.get(reverse("wagtailsnippets_home_feedbackmessage:list"), {"is_answered": "false"})
    assert list(listed.context["object_list"]) == []
    client.force_login(people("teacher"))
    assert client.post(mark).status_code == 404


def test_first_screen_says_what_waits_and_only_what_may_be_opened(client):
    FeedbackMessage.objects.create(email="a@example.org", subject="Вопрос", text="Текст", send_token="t")
    client.force_login(people("editor"))
    page = client.get("/admin/").content.decode()
    assert "Обращения без ответа" in page
    assert "Страницы на согласовании" in page
    assert "Письма не доставлены" not in page
    client.force_login(people("moderator"))
    page = client.get("/admin/").content.decode()
    assert "Письма не доставлены" in page
    assert "Страницы на согласовании" not in page
