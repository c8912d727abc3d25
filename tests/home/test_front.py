"""The first page: figures of the bank, areas, what is new; whole on the empty portal and on a full one."""

import datetime as dt
import io

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from portal.files.models import PortalImage
from portal.home.models import ContentPage, HomePage
from portal.news.models import NewsIndexPage
from portal.organisations.models import Municipality
from tests.factories.news import NewsPageFactory
from tests.factories.practices import OrganisationFactory, PracticePageFactory
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def opened(client):
    cache.clear()
    response = client.get("/")
    assert response.status_code == 200
    return response


def tiles(response):
    return {tile["label"]: tile["count"] for tile in response.context["tiles"]}


def garden(place, number):
    return OrganisationFactory(municipality=place, slug=f"sad-{number}", short_name=f"Сад {number}")


def test_the_empty_portal_is_whole(client):
    response = opened(client)
    page = response.content.decode()
    assert "Новостей пока нет." in page
    assert response.context["figures"] == []
    assert list(response.context["practices"]) == []
    assert set(tiles(response).values()) == {0}
    assert 'href="/practices/"' in page


def test_figures_count_what_is_public(client):
    first, second = Municipality.objects.formations()[:2]
    PracticePageFactory(organisation=garden(first, 1), tags=["Степь", "Речь"], areas=["poznavatelnoe"])
    PracticePageFactory(organisation=garden(second, 2), tags=["Степь"], areas=["poznavatelnoe"])
    PracticePageFactory(organisation=garden(second, 3), areas=["rechevoe"])
    PracticePageFactory(organisation=garden(second, 4), tags=["Тайна"], areas=["rechevoe"], live=False)
    response = opened(client)
    assert [(figure["value"], figure["label"]) for figure in response.context["figures"]] == [
        (3, "практики в банке"),
        (2, "муниципалитета"),
        (2, "темы"),
    ]
    assert response.context["total_words"] == "Все 3 практики"
    assert sorted(count for count in tiles(response).values() if count) == [1, 2]


def test_districts_of_a_city_are_one_municipality(client):
    districts = Municipality.objects.exclude(parent=None)[:2]
    for number, district in enumerate(districts):
        owner = garden(district.parent, 10 + number)
        owner.district = district
        owner.save()
        PracticePageFactory(organisation=owner)
    assert opened(client).context["figures"][1] == {"value": 1, "label": "муниципалитет"}


def test_hidden_siblings_are_nowhere(client):
    make_siblings()
    response = opened(client)
    page = response.content.decode()
    assert "Росянка practices" in page
    assert "Росянка news" in page
    for word in ("черновик", "прошлая", "закрытая", "сирота"):
        assert word not in page


def test_the_newest_stand_first_and_few(client):
    section = NewsIndexPage.objects.get()
    for day in range(1, 7):
        NewsPageFactory(parent=section, title=f"Событие {day}", date=dt.date(2022, 5, day))
        PracticePageFactory(title=f"Опыт {day}", published_on=dt.date(2022, 5, day))
    response = opened(client)
    assert [row["title"] for row in response.context["news"]] == [f"Событие {day}" for day in (6, 5, 4, 3)]
    cards = [str(card) for card in response.context["practices"]]
    assert [f"Опыт {day}" in card for day, card in zip((6, 5, 4), cards, strict=True)] == [True] * 3


def test_practices_of_managers_have_a_tile_when_there_are_such(client):
    assert "Управление и методика" not in tiles(opened(client))
    PracticePageFactory(kinds=["upravlencheskaya"])
    assert tiles(opened(client))["Управление и методика"] == 1


def test_words_of_editors_are_escaped_and_lead_to_the_bank(client):
    HomePage.objects.update(
        hero_title="<script>alert(1)</script>", hero_text="Строка", popular_queries="игра, природа края, ,<b>"
    )
    page = opened(client).content.decode()
    assert "<script>alert(1)" not in page
    assert 'href="/practices/?q=%D0%B8%D0%B3%D1%80%D0%B0"' in page
    assert "<b></a>" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_a_warm_portal_draws_the_page_in_few_queries(client, number):
    section = NewsIndexPage.objects.get()
    for _ in range(number):
        NewsPageFactory(parent=section)
        PracticePageFactory(tags=["Степь"], areas=["poznavatelnoe"])
    opened(client)
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/?anything=1").status_code == 200  # another address: the kept page does not answer it
    assert len(seen) <= 10


def test_cold_queries_do_not_grow_with_the_bank(client):
    counts = []
    for number in (1, 3):
        for position in range(number):
            NewsPageFactory(parent=NewsIndexPage.objects.get())
            owner = garden(Municipality.objects.formations()[position], f"{number}-{position}")
            PracticePageFactory(tags=["Степь"], areas=["poznavatelnoe"], organisation=owner)
        opened(client)
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            client.get("/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_picture_for_social_networks_is_named(client, media):
    stream = io.BytesIO()
    Image.new("RGB", (1300, 700), "teal").save(stream, "PNG")
    image = PortalImage.objects.create(title="Степь", file=ContentFile(stream.getvalue(), "step.png"))
    HomePage.objects.update(social_image=image)
    assert '<meta property="og:image" content="http://' in opened(client).content.decode()


def test_free_pages_know_their_place(client, home):
    parent = home.add_child(instance=ContentPage(title="Копилка", slug="kopilka"))
    parent.add_child(instance=ContentPage(title="Памятка", slug="pamyatka", show_in_menus=True))
    parent.add_child(instance=ContentPage(title="Черновик", slug="draft", show_in_menus=True, live=False))
    above = client.get("/kopilka/").content.decode()
    assert '<a href="/kopilka/pamyatka/">Памятка</a>' in above
    assert "Черновик" not in above
    below = client.get("/kopilka/pamyatka/").content.decode()
    assert '<a href="/kopilka/">Копилка</a>' in below


def test_home_answers_what_is_on_now(client):
    public = make_siblings()
    response = opened(client)
    assert [row["title"] for row in response.context["contests"]] == [public["contests"].title]
    assert len(response.context["events"]) <= 3
    body = response.content.decode()
    for hidden in ("черновик", "прошлая", "закрытая", "сирота"):
        assert f"Росянка {hidden}" not in body


def test_roadmap_stands_on_home_in_blocks_that_lead_to_items(client):
    from portal.roadmap.models import RoadmapPage

    response = opened(client)
    body = response.content.decode()
    plan = RoadmapPage.objects.get()
    assert [f"/roadmap/{plan.slug}/{position}/" in body for position in range(1, 24)] == [True] * 23
    assert response.context["road"]["title"] == "0 из 23 пунктов выполнено"
    assert sum(int(row["words"].rsplit(" ", 1)[1]) for row in response.context["road"]["legend"]) == 23
    plan.unpublish()
    assert opened(client).context["road"] == {}


def test_home_shows_the_plan_that_runs_today_though_another_is_featured(client):
    from portal.roadmap.models import RoadmapIndexPage, RoadmapPage
    from tests.factories.roadmap import make_item, make_test_plan

    today = timezone.localdate()
    running = make_test_plan(starts_on=today - dt.timedelta(days=30), ends_on=today + dt.timedelta(days=30))
    make_item(running)
    ahead = make_test_plan(starts_on=today + dt.timedelta(days=40), ends_on=today + dt.timedelta(days=90))
    make_item(ahead)
    approved = RoadmapPage.objects.get(slug="2021-2022")
    RoadmapIndexPage.objects.update(featured=approved)
    road = opened(client).context["road"]
    assert road["url"] == f"/roadmap/{running.slug}/"
    assert len(road["blocks"]) == 1
    running.unpublish()
    assert opened(client).context["road"]["url"] == f"/roadmap/{approved.slug}/"
