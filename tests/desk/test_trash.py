"""The trash: a deleted page is nowhere on the site and comes back as it was."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision

from portal.core import publicity
from portal.desk.domain import trash
from portal.desk.models import TrashedPage, TrashPage
from portal.news.models import NewsIndexPage, NewsPage
from portal.setup.groups import EDITORS
from portal.vocabularies.models import Tag
from tests.factories.people import make_account
from tests.factories.siblings import free_page

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def editor():
    return make_account("editor@example.org", groups=[EDITORS])


@pytest.fixture
def news():
    page = NewsIndexPage.objects.get().add_child(
        instance=NewsPage(title="Росянка на подоконнике", slug="rosyanka", summary="Растёт.")
    )
    page.save_revision().publish()
    page.tags.add(Tag.objects.first())
    page.save()
    page.save_revision().publish()
    return NewsPage.objects.get(pk=page.pk)


def branch(home):
    top = free_page(home, "Кабинет природы", slug="kabinet")
    shown = free_page(top, "Растения", slug="rasteniya")
    hidden = free_page(top, "Черновик о птицах", slug="ptitsy", live=False)
    for page in (top, shown):
        page.save_revision().publish()
    return top, shown, hidden


def test_deleted_page_is_nowhere_on_the_site(client, editor, news, django_capture_on_commit_callbacks):
    address = news.url
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        trash.throw_away(news, user=editor)
    assert client.get(address).status_code == 404
    for place in ("/", "/news/", "/news/feed/", "/search/?q=росянка", "/sitemap.xml", "/api/v1/suggest?q=росянка"):
        assert "Росянка" not in client.get(place).content.decode(), place
    page = Page.objects.get(pk=news.pk)
    assert page.url is None
    assert not publicity.is_public(page)


def test_restored_page_has_its_address_text_topics_and_history(client, editor, news):
    address, topics = news.url, list(news.tags.values_list("pk", flat=True))
    revisions = set(news.revisions.values_list("pk", flat=True))
    entry = trash.throw_away(news, user=editor)
    page = trash.restore(entry, user=editor)
    assert page.url == address
    assert page.live
    assert not page.has_unpublished_changes
    assert client.get(address).status_code == 200
    assert list(page.tags.values_list("pk", flat=True)) == topics
    assert revisions <= set(page.revisions.values_list("pk", flat=True))
    assert not TrashedPage.objects.exists()
    assert not Redirect.objects.exists()


def test_draft_over_a_published_page_stays_a_draft_after_the_return(client, editor, news):
    news.summary = "Никто ещё не видел."
    news.save_revision()
    page = trash.restore(trash.throw_away(news, user=editor), user=editor)
    assert "Никто ещё не видел" not in client.get(page.url).content.decode()
    assert page.has_unpublished_changes
    assert page.get_latest_revision_as_object().summary == "Никто ещё не видел."


def test_branch_returns_with_what_was_shown_shown_and_what_was_hidden_hidden(editor, home):
    admin = make_account("root@example.org", is_superuser=True)
    top, shown, hidden = branch(home)
    entry = trash.throw_away(top, user=admin)
    assert not Page.objects.filter(pk__in=[top.pk, shown.pk, hidden.pk], live=True).exists()
    trash.restore(entry, user=admin)
    assert dict(Page.objects.filter(pk__in=[top.pk, shown.pk, hidden.pk]).values_list("slug", "live")) == {
        "kabinet": True, "rasteniya": True, "ptitsy": False,
    }  # fmt: skip
    assert Page.objects.get(pk=shown.pk).url_path.endswith("/kabinet/rasteniya/")


def test_address_is_free_for_a_new_page_and_the_former_one_gets_a_number(editor, news):
    entry = trash.throw_away(news, user=editor)
    other = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Другая", slug="rosyanka"))
    page = trash.restore(entry, user=editor)
    assert (other.slug, page.slug) == ("rosyanka", "rosyanka-2")
    assert page.get_latest_revision_as_object().slug == "rosyanka-2"


def test_page_whose_place_is_gone_is_returned_where_the_person_says(editor, home):
    admin = make_account("root@example.org", is_superuser=True)
    top, shown, _hidden = branch(home)
    entry = trash.throw_away(shown, user=admin)
    trash.throw_away(top, user=admin)
    with pytest.raises(trash.TrashError, match="больше нет"):
        trash.restore(entry, user=admin)
    with pytest.raises(trash.TrashError, match="не принимает"):
        trash.restore(entry, user=admin, parent=NewsIndexPage.objects.get())
    assert trash.restore(entry, user=admin, parent=home).get_parent().pk == home.pk


def test_appointed_publication_does_not_happen_in_the_trash_and_is_appointed_again(editor, news):
    news.unpublish()
    soon = timezone.now() + dt.timedelta(hours=1)
    news.go_live_at = soon
    news.save_revision().publish()
    entry = trash.throw_away(news, user=editor)
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    trash.restore(entry, user=editor)
    assert Revision.objects.get(object_id=str(news.pk), approved_go_live_at__isnull=False).approved_go_live_at == soon


def test_agreement_under_way_is_cancelled(editor, news):
    news.save_revision()
    news.get_workflow().start(news, editor)
    trash.throw_away(news, user=make_account("root@example.org", is_superuser=True))
    assert Page.objects.get(pk=news.pk).current_workflow_state is None


def test_stranger_neither_deletes_nor_returns_and_only_administrators_empty(editor, news):
    stranger = make_account("teacher@example.org")
    with pytest.raises(PermissionDenied):
        trash.throw_away(news, user=stranger)
    entry = trash.throw_away(news, user=editor)
    for forbidden in (
        lambda: trash.restore(entry, user=stranger),
        lambda: trash.delete_forever(entry, user=editor),
        lambda: trash.empty(user=editor),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()
    assert list(trash.visible_to(stranger)) == []
    assert list(trash.visible_to(editor)) == [entry]


def test_emptying_names_the_number_and_spares_what_came_later(admin_client, editor, home, news):
    admin = make_account("second@example.org", is_superuser=True)
    top, shown, hidden = branch(home)
    trash.throw_away(top, user=admin)
    asked = admin_client.get(reverse("trash_empty"), follow=True)
    assert "Удалить навсегда: 3 страницы" in asked.content.decode()
    later = trash.throw_away(news, user=editor)
    admin_client.post(asked.request["PATH_INFO"] + "?" + asked.request["QUERY_STRING"])
    assert list(TrashedPage.objects.all()) == [later]
    assert not Page.objects.filter(pk__in=[top.pk, shown.pk, hidden.pk]).exists()


def test_trash_is_in_no_list_chooser_or_tree_of_the_admin(admin_client, news, admin_user):
    trash.throw_away(news, user=admin_user)
    root = Page.get_first_root_node()
    for place in (
        f"/admin/pages/{root.pk}/",
        "/admin/pages/search/?q=росянка",
        "/admin/news/",
        "/admin/choose-page/",
        "/admin/choose-page/search/?q=росянка",
        f"/admin/choose-page/{root.pk}/",
        "/admin/reports/site-history/?object_type=",
    ):
        answer = admin_client.get(place)
        assert answer.status_code == 200, place
        if "history" not in place:
            assert "Росянка на подоконнике" not in answer.content.decode(), place
            assert TrashPage.objects.get().get_admin_display_title() not in [
                getattr(row, "title", "") for row in answer.context.get("object_list", [])
            ], place


def test_page_of_the_trash_is_not_edited(admin_client, news, admin_user):
    trash.throw_away(news, user=admin_user)
    for verb in ("edit", "delete"):
        answer = admin_client.get(reverse(f"wagtailadmin_pages:{verb}", args=[news.pk]))
        assert answer.url == reverse("trash")


def test_delete_in_the_admin_asks_and_moves_to_the_trash(client, editor, news):
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:delete", args=[news.pk])
    assert "Убрать в корзину страницу «Росянка на подоконнике»?" in client.get(address).content.decode()
    answer = client.post(address, follow=True)
    assert "в корзине" in answer.content.decode()
    assert Page.objects.filter(pk=news.pk).exists()
    listed = client.get(reverse("trash")).content.decode()
    assert "Росянка на подоконнике" in listed
    assert "Удалить навсегда" not in listed
    entry = TrashedPage.objects.get()
    form = client.get(reverse("trash_restore", args=[entry.pk]))
    assert "снова станет видно" in form.content.decode()
    client.post(reverse("trash_restore", args=[entry.pk]), {"place": NewsIndexPage.objects.get().pk})
    assert NewsPage.objects.get(pk=news.pk).live


def test_bulk_delete_names_the_number_and_moves_whole_branches(admin_client, home, news):
    top, shown, hidden = branch(home)
    address = f"/admin/bulk/wagtailcore/page/delete/?id={top.pk}&id={shown.pk}&id={news.pk}"
    assert "Убрать в корзину: 5 страниц" in admin_client.get(address).content.decode()
    admin_client.post(address)
    assert set(TrashedPage.objects.values_list("page_id", flat=True)) == {top.pk, news.pk}
    assert not Page.objects.filter(pk__in=[top.pk, shown.pk, hidden.pk, news.pk], live=True).exists()


def test_journal_tells_of_deletion_and_return(editor, news, admin_client):
    trash.restore(trash.throw_away(news, user=editor), user=editor)
    actions = list(PageLogEntry.objects.filter(page=news.pk).values_list("action", flat=True))
    assert {trash.TRASHED, trash.RESTORED} <= set(actions)
    shown = admin_client.get("/admin/reports/site-history/").content.decode()
    assert "Страница убрана в корзину" in shown
    assert "Страница возвращена из корзины" in shown


def test_trash_list_costs_the_same_with_few_and_many(admin_client, admin_user, home, django_assert_max_num_queries):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as caught:
            admin_client.get(reverse("trash"))
        return len(caught)

    trash.throw_away(free_page(home, "Первая"), user=admin_user)
    queries()
    few = queries()
    for number in range(8):
        trash.throw_away(free_page(home, f"Страница {number}"), user=admin_user)
    assert queries() == few
