"""The page of an item: the story of its evidence, what lies ahead, what was moved, what it rests on."""

from __future__ import annotations

import datetime as dt

import pytest
from lxml import html
from wagtail.models import PageViewRestriction

from portal.news.models import NewsIndexPage
from portal.roadmap.domain import changes, updates
from portal.roadmap.domain.facts import confirm, refuse
from portal.roadmap.queries import items_proved_by
from tests.factories.roadmap import prove
from tests.roadmap.approved import words_of

pytestmark = pytest.mark.integration
ADDRESS = "/roadmap/plan-2022/3/"


def words(client, address=ADDRESS):
    return words_of(html.fromstring(client.get(address).content.decode()))


def story(client, address=ADDRESS):
    """The rows of the story in their order."""
    tree = html.fromstring(client.get(address).content.decode())
    return [words_of(row) for row in tree.xpath("//section[@aria-labelledby='h-story']/ol/li")]


def test_the_story_goes_by_dates_and_leads_to_the_pages(client, plan, items, admin_user):
    later = prove([items[3]], title="Вторая встреча", slug="vtoraya", date=dt.date(2022, 5, 10))
    prove([items[3]], title="Первая встреча", slug="pervaya", date=dt.date(2022, 3, 16), amount=2)
    confirm(items[3].facts.get(page__slug="pervaya"), actor=admin_user)
    assert story(client) == [
        "16 марта 2022 · новость · засчитано: 2 Первая встреча",
        "10 мая 2022 · новость · ждёт подтверждения Вторая встреча",
    ]
    assert f'href="{later.url}"' in client.get(ADDRESS).content.decode()
    assert "2 из 3" in words(client)


def test_due_lines_show_each_quarter_beside_the_note_that_they_disagree(client, plan, items, admin_user):
    page = prove([items[3]], date=dt.date(2022, 2, 3))
    confirm(items[3].facts.get(page=page), actor=admin_user)
    shown = words(client)
    assert "I квартал 2022 до 31 марта 2022 подтверждено: 1" in shown
    assert "II квартал 2022 до 30 июня 2022 идёт" in shown
    assert "III квартал 2022 до 30 сентября 2022 впереди" in shown
    assert "Четыре и три." in shown


def test_what_was_unpublished_leaves_its_day_and_no_words(client, plan, items, admin_user):
    page = prove([items[3]], title="Тайная встреча", date=dt.date(2022, 3, 16))
    confirm(items[3].facts.get(page=page), actor=admin_user)
    page.unpublish()
    assert story(client) == ["16 марта 2022 · снято с публикации"]
    assert "Тайная" not in client.get(ADDRESS).content.decode()
    assert "0 из 3" in words(client)


def test_what_lies_ahead_stands_apart(client, plan, items):
    prove([items[3]], title="Осенняя встреча", date=dt.date(2022, 9, 15))
    tree = html.fromstring(client.get(ADDRESS).content.decode())
    ahead = words_of(tree.xpath("//section[@aria-labelledby='h-ahead']")[0])
    assert "Осенняя встреча" in ahead and "15 сентября 2022" in ahead
    assert story(client) == []


def test_a_refused_fact_is_told_on_neither_side(client, plan, items, admin_user, committed):
    page = prove([items[3]], title="Чужая встреча", slug="chuzhaya", date=dt.date(2022, 3, 16))
    assert [row["url"] for row in items_proved_by(page)] == [ADDRESS]
    with committed():
        refuse(items[3].facts.get(page=page), actor=admin_user, note="Не о том.")
    assert "Чужая" not in words(client)
    assert items_proved_by(page) == []


def test_an_update_by_hand_has_its_text(client, plan, items, admin_user):
    updates.add_update(
        items[3], actor=admin_user, title="Разослали письма", text="Всем округам.", on=dt.date(2022, 4, 2), amount=1
    )
    assert story(client) == ["2 апреля 2022 · сообщение ответственного · засчитано: 1 Разослали письма Всем округам."]


def test_an_update_waits_for_its_hour(client, plan, items, admin_user):
    tomorrow = dt.datetime(2022, 5, 25, 9, tzinfo=dt.UTC)
    updates.add_update(
        items[3], actor=admin_user, title="Пока не сказано", on=dt.date(2022, 5, 20), amount=1, shown_from=tomorrow
    )
    assert "Пока не сказано" not in words(client)


def test_a_moved_term_says_from_what_to_what_why_and_by_which_order(client, plan, items, admin_user):
    changes.move_dates(
        items[1], actor=admin_user, starts_on=dt.date(2022, 6, 1), ends_on=dt.date(2022, 6, 30), reason="Карантин.",
        order_number="17-о", order_date=dt.date(2022, 3, 25),
    )  # fmt: skip
    shown = words(client, "/roadmap/plan-2022/1/")
    assert "было 01.03.2022 – 31.03.2022, стало 01.06.2022 – 30.06.2022" in shown
    assert "Причина: Карантин." in shown and "приказ № 17-о от 25.03.2022" in shown
    assert admin_user.email not in shown


def test_dependencies_are_seen_from_both_ends_with_their_status(client, plan):
    assert "Опирается на 1. Собрать вопросы Март 2022 идёт" in words(client)
    assert "Нужен для 3. Встречи 1 раз в квартал идёт" in words(client, "/roadmap/plan-2022/1/")


def test_neighbours_are_one_click_away(client, plan):
    tree = html.fromstring(client.get("/roadmap/plan-2022/2/").content.decode())
    assert tree.xpath("//a[@rel='prev']/@href") == ["/roadmap/plan-2022/1/"]
    assert tree.xpath("//a[@rel='next']/@href") == ["/roadmap/plan-2022/3/"]


@pytest.mark.parametrize("place", ["0", "4", "99999999999999999999"])
def test_a_place_that_is_not_there_is_missing(client, plan, place):
    assert client.get(f"/roadmap/plan-2022/{place}/").status_code == 404


def test_a_long_story_has_pages(client, plan, items):
    for number in range(25):
        prove([items[3]], title=f"Встреча {number}", date=dt.date(2022, 1, 1) + dt.timedelta(days=number))
    assert len(story(client)) == 20
    assert len(story(client, f"{ADDRESS}?page=2")) == 5
    assert len(story(client, f"{ADDRESS}?page=9999999")) == 20


def test_the_page_that_proves_names_its_items(client, plan, items):
    page = prove([items[1], items[3]], title="Встреча и вопросы", date=dt.date(2022, 3, 16))
    tree = html.fromstring(client.get(page.url).content.decode())
    links = tree.xpath("//aside[@aria-label='Пункты дорожной карты']//a/@href")
    assert links == ["/roadmap/plan-2022/1/", ADDRESS]


def test_a_page_says_nothing_of_a_plan_that_is_not_public(client, plan, items):
    page = prove([items[1]], date=dt.date(2022, 3, 16))
    plan.unpublish()
    assert "/roadmap/plan-2022/" not in client.get(page.url).content.decode()


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "close the section"])
def test_hidden_evidence_leaks_nowhere(client, plan, items, admin_user, hide):
    page = prove([items[3]], title="Росянка болотная", slug="rosyanka", date=dt.date(2022, 3, 16))
    future = prove([items[3]], title="Росянка осенняя", slug="rosyanka-osen", date=dt.date(2022, 9, 16))
    confirm(items[3].facts.get(page=page), actor=admin_user)
    if hide == "unpublish":
        page.unpublish()
        future.unpublish()
    elif hide == "restrict":
        for hidden in (page, future):
            PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    else:
        NewsIndexPage.objects.get().unpublish()
    addresses = [
        ADDRESS, "/roadmap/", "/roadmap/plan-2022/", "/roadmap/plan-2022/?view=months",
        *(f"/roadmap/plan-2022/export.{fmt}" for fmt in ("csv", "json", "ics", "docx", "xlsx")),
        "/roadmap/plan-2022/export.json?from=2022-01-01&to=2022-12-31",
    ]  # fmt: skip
    for address in addresses:
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200
        assert "Росянка" not in text_of(body) and "rosyanka" not in text_of(body), address


def text_of(body):
    """The words of an answer; of an office file those of its parts."""
    import io
    import zipfile

    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "".join(archive.read(name).decode(errors="ignore") for name in archive.namelist())
