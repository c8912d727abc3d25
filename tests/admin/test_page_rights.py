"""Who may do what with pages: every role against every type of page and every action, as one table."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page

from portal.home.models import HomePage
from portal.roadmap.models import RoadmapPage
from portal.setup.groups import BANK_EDITORS, COORDINATORS, EDITORS, MODERATORS, NEWS_EDITORS
from tests.factories.people import make_account
from tests.factories.siblings import shelves

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

GROUPS = {
    "teacher": [],
    "owner": [],
    "coordinator": [COORDINATORS],
    "moderator": [MODERATORS],
    "editor": [NEWS_EDITORS],
    "editor2": [BANK_EDITORS],
    "chief": [EDITORS],
    "admin": [],
}
ROLES = ("nobody", *GROUPS)
# section of the tree → who writes there beside the administrator and the chief editors
WRITERS = {"news": "editor", "events": "editor", "contests": "editor", "practices": "editor2", "documents": "editor2"}
SCREENS = ("edit", "delete", "unpublish", "move", "copy", "history", "view_draft", "usage")
DECISIONS = (
    "can_edit",
    "can_delete",
    "can_publish",
    "can_unpublish",
    "can_move",
    "can_lock",
)


def person(role):
    return make_account(f"{role}@example.org", groups=GROUPS[role], is_superuser=role == "admin")


def pages():
    """A public page of every type that people write, by its section."""
    made = {}
    for name, (parent, make) in shelves().items():
        section = parent.slug if not isinstance(parent, HomePage) else "home"
        made[name] = (section, make(parent=parent, title=f"Проба {name}"))
    return made


def writes(role, section):
    return role in {"admin", "chief"} or WRITERS.get(section) == role


def test_every_section_that_people_write_in_has_its_editors():
    assert {section for section, _page in pages().values()} - {"home"} <= set(WRITERS) | {"roadmap"}


@pytest.mark.parametrize("role", ROLES)
def test_screens_of_pages_open_to_their_writers_alone(role, client):
    made = pages()
    if role != "nobody":
        client.force_login(person(role))
    wrong = {}
    for name, (section, page) in made.items():
        for screen in SCREENS:
            code = client.get(reverse(f"wagtailadmin_pages:{screen}", args=[page.pk])).status_code
            if (code == 200) != writes(role, section):
                wrong[name, screen] = code
    assert wrong == {}


@pytest.mark.parametrize("role", GROUPS)
def test_decisions_about_pages_are_their_writers_alone(role):
    user, wrong = person(role), {}
    for name, (section, page) in pages().items():
        rights = page.permissions_for_user(user)
        for decision in DECISIONS:
            if bool(getattr(rights, decision)()) != writes(role, section):
                wrong[name, decision] = not writes(role, section)
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_forged_requests_change_nothing_in_a_foreign_section(role, client):
    made = pages()
    if role != "nobody":
        client.force_login(person(role))
    for section, page in made.values():
        if writes(role, section):
            continue
        for verb in ("delete", "unpublish", "edit"):
            client.post(
                reverse(f"wagtailadmin_pages:{verb}", args=[page.pk]), {"title": "Взлом", "action-publish": "1"}
            )
        for verb in ("delete", "unpublish", "publish", "move"):
            client.post(f"/admin/bulk/wagtailcore/page/{verb}/?id={page.pk}")
        after = Page.objects.get(pk=page.pk)
        assert (after.live, after.title, after.path) == (True, page.title, page.path)


@pytest.mark.parametrize("role", ["editor", "editor2"])
def test_editor_adds_in_the_own_section_and_moves_nothing_into_a_foreign_one(role, client, home):
    user = person(role)
    client.force_login(user)
    for name, (section, page) in pages().items():
        if section == "home":
            continue
        parent = page.get_parent()
        model = page.specific._meta
        address = reverse("wagtailadmin_pages:add", args=[model.app_label, model.model_name, parent.pk])
        assert (client.get(address).status_code == 200) == writes(role, section), name
        assert not page.permissions_for_user(user).can_move_to(home)


def test_plans_are_written_by_chief_editors_and_administrators(home):
    section = RoadmapPage.objects.first()
    if section is None:
        pytest.skip("no plan is made by the setup yet")
    for role in GROUPS:
        assert section.permissions_for_user(person(role)).can_edit() == (role in {"admin", "chief"})
