"""The page of a plan: four views, filters of the address, what a stranger does not get."""

from __future__ import annotations

import datetime as dt

import pytest
from lxml import html
from wagtail.models import PageViewRestriction

from portal.roadmap.domain import arranging, changes
from portal.roadmap.domain.facts import confirm
from portal.roadmap.models import PlanItem, RoadmapIndexPage
from tests.factories.roadmap import make_test_plan, prove
from tests.roadmap.approved import words_of

pytestmark = pytest.mark.integration
ADDRESS = "/roadmap/plan-2022/"


def shown(client, query=""):
    """Places of the items that the table of an address shows."""
    tree = html.fromstring(client.get(ADDRESS + query).content.decode())
    links = tree.xpath("//tbody//td//a/@href")
    return [int(link.rstrip("/").rpartition("/")[2]) for link in links]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", [1, 2, 3]),
        ("?section=vtoroy", [3]),
        ("?responsible=vgapo", [1]),
        ("?responsible=vgapo&responsible=crso", [1, 2]),
        ("?status=running", [1, 2, 3]),
        ("?quarter=2022-3", [2, 3]),
        ("?quarter=2022-1&quarter=2022-4", [1, 3]),
        ("?quarter=2022-1&section=opyt", [1]),
        ("?section=opyt&responsible=crso&quarter=2022-2", [2]),
        ("?status=bad&quarter=never&responsible=nobody&section=%00", [1, 2, 3]),
        ("?status=bad&responsible=crso", [2]),
        ("?view=nothing", [1, 2, 3]),
        ("?from=2022-13-99&to=x", [1, 2, 3]),
    ],
)
def test_filters_are_or_inside_and_between_and_drop_what_is_unknown(client, plan, query, places):
    assert shown(client, query) == places


def test_a_combination_that_matches_nothing_offers_the_way_out(client, plan):
    page = client.get(f"{ADDRESS}?section=vtoroy&responsible=crso").content.decode()
    assert "Таких пунктов в плане нет" in page
    tree = html.fromstring(page)
    removes = tree.xpath("//a[contains(@class,'chip--remove')]/@href")
    assert f"{ADDRESS}?responsible=crso" in removes and f"{ADDRESS}?section=vtoroy" in removes


def test_chips_take_one_filter_off_and_keep_the_view(client, plan):
    page = client.get(f"{ADDRESS}?view=status&quarter=2022-1&quarter=2022-2").content.decode()
    assert f"{ADDRESS}?view=status&amp;quarter=2022-2" in page
    assert f"{ADDRESS}?view=status&amp;quarter=2022-1" in page


def test_filtered_addresses_are_not_indexed_and_name_the_plain_one(client, plan):
    plain, filtered = (client.get(ADDRESS + query).content.decode() for query in ("", "?quarter=2022-1"))
    assert "noindex" not in plain and "noindex" in filtered
    assert f'rel="canonical" href="{plan.full_url}"' in plain
    assert f'rel="canonical" href="{plan.full_url}"' in filtered


def test_the_report_for_a_period_keeps_what_was_chosen(client, plan):
    tree = html.fromstring(client.get(f"{ADDRESS}?responsible=vgapo&view=months").content.decode())
    (form,) = tree.xpath("//form[@aria-label='Отчёт за период']")
    assert form.get("action") == f"{ADDRESS}export.docx"
    assert dict(form.form_values()) == {"responsible": "vgapo", "from": "2022-01-01", "to": "2022-12-31"}


def test_all_items_of_a_party_are_one_click_away(client, plan):
    tree = html.fromstring(client.get(ADDRESS).content.decode())
    assert f"{ADDRESS}?responsible=vgapo" in tree.xpath("//ul[@aria-label='Пункты ответственного']//a/@href")


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("months", ["янв ’22", "март 2022", "апрель — сентябрь 2022", "0 из 4"]),
        ("responsible", ["ВГАПО", "ЦРСО", "Ответственный не назван"]),
        ("status", ["Идёт", "Собрать вопросы"]),
    ],
)
def test_views_show_the_same_items_in_their_own_order(client, plan, view, words):
    page = words_of(html.fromstring(client.get(f"{ADDRESS}?view={view}").content.decode()))
    assert [word for word in words if word not in page] == []
    assert "Провести смотр" in page


def test_months_span_the_time_of_an_item(client, plan):
    tree = html.fromstring(client.get(f"{ADDRESS}?view=months").content.decode())
    rows = {
        row.xpath("th//a")[0].text[0]: [int(cell.get("colspan")) for cell in row.xpath("td")]
        for row in tree.xpath("//table//tbody/tr")
    }
    # March; April to September with May in it; the whole year. The current month stands alone in a gap.
    assert rows == {"1": [2, 1, 1, 1, 7], "2": [3, 6, 3], "3": [12]}
    assert [words_of(head) for head in tree.xpath("//th[@aria-current='date']")] == ["май май 2022"]


def test_progress_counts_what_owners_confirmed(client, plan, items, admin_user, committed):
    page = prove([items[1]], date=dt.date(2022, 3, 10))
    before = client.get(ADDRESS).content.decode()
    assert "0 из 3</b> выполнено" in before
    with committed():
        confirm(items[1].facts.get(page=page), actor=admin_user)
    after = client.get(ADDRESS).content.decode()
    assert "1 из 3</b> выполнено, 33 % плана" in after


def test_a_moved_term_stands_beside_the_words_of_the_document(client, plan, items, admin_user):
    changes.move_dates(
        items[1], actor=admin_user, starts_on=dt.date(2022, 6, 1), ends_on=dt.date(2022, 6, 30), reason="Карантин.",
        order_number="7", order_date=dt.date(2022, 3, 25),
    )  # fmt: skip
    page = client.get(ADDRESS).content.decode()
    assert "Март 2022" in page and "срок перенесён: июнь 2022" in page


def test_the_section_shows_the_featured_plan_and_lists_the_others(client, plan):
    other = make_test_plan(slug="plan-2020", title="План 2020")
    section = RoadmapIndexPage.objects.get()
    section.featured = plan
    section.save_revision().publish()
    page = client.get("/roadmap/").content.decode()
    assert "<h1>План 2022</h1>" in page and f'href="{other.url}"' in page
    assert client.get("/roadmap/?section=vtoroy").content.decode().count("<tr>") == 2


def test_a_featured_plan_that_is_taken_down_is_shown_no_more(client, plan):
    section = RoadmapIndexPage.objects.get()
    section.featured = plan
    section.save_revision().publish()
    plan.unpublish()
    page = client.get("/roadmap/").content.decode()
    assert "План 2022" not in page and "Дорожная карта 2021–2022" in page


def test_nothing_of_a_plan_that_is_not_public_is_answered(client, plan):
    PageViewRestriction.objects.create(page=plan, restriction_type=PageViewRestriction.LOGIN)
    addresses = [f"{ADDRESS}1/", *(f"{ADDRESS}export.{fmt}" for fmt in ("docx", "xlsx", "csv", "json", "ics"))]
    assert [client.get(address).status_code for address in addresses] == [404] * 6
    assert "План 2022" not in client.get("/roadmap/").content.decode()
    assert ADDRESS not in client.get("/sitemap.xml").content.decode()


def test_plans_and_items_are_in_the_map_of_the_site(client, plan):
    found = "".join(
        client.get(f"/sitemap-{part}.xml").content.decode() if client.get("/sitemap.xml").status_code == 200 else ""
        for part in ("pages", "roadmap-items")
    )
    assert "/roadmap/plan-2022/</loc>" in found and "/roadmap/plan-2022/3/</loc>" in found


def test_the_search_finds_a_plan_by_the_words_of_its_items(client, db):
    page = client.get("/search/?q=горизонтального обучения&type=roadmap").content.decode()
    assert 'href="/roadmap/2021-2022/"' in page


def _search(client, word):
    return client.get("/search/", {"q": word, "type": "roadmap"}).content.decode()


def test_the_search_knows_new_words_of_items_at_once(
    client, plan, items, django_user_model, django_capture_on_commit_callbacks
):
    chief = django_user_model.objects.create_superuser("chief@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        arranging.edit_wording(items[1], actor=chief, words={"title_text": "Слёт барабанщиков"})
    assert f'href="{ADDRESS}"' in _search(client, "барабанщиков")
    with django_capture_on_commit_callbacks(execute=True):
        words = {"title_text": "Парад трубачей"}
        term = {"starts_on": plan.starts_on, "ends_on": plan.ends_on}
        added = arranging.add_item(plan, actor=chief, section=items[1].section, words=words, position=1, **term)
    assert f'href="{ADDRESS}"' in _search(client, "трубачей")
    with django_capture_on_commit_callbacks(execute=True):
        arranging.remove_item(added, actor=chief)
        arranging.edit_wording(items[1], actor=chief, words={"title_text": "Иное дело"})
    for word in ("барабанщиков", "трубачей"):
        assert f'href="{ADDRESS}"' not in _search(client, word)


def test_a_name_without_ground_is_nowhere(client, plan, items, party):
    party.people.create(name="Тестова Т.Т.", position="методист", is_public=False)
    PlanItem.objects.filter(pk=items[1].pk).update(responsible_text="ВГАПО,\nТестова Т.Т.", note="Ведёт Тестова Т.Т.")
    addresses = [
        ADDRESS,
        f"{ADDRESS}?view=responsible",
        f"{ADDRESS}1/",
        f"{ADDRESS}export.csv",
        f"{ADDRESS}export.json",
    ]
    for address in addresses:
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert "Тестова" not in body.decode()
    assert "методист" in client.get(ADDRESS).content.decode()
