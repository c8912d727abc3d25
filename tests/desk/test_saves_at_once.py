"""Two saves by hand in the same instant: one wins, the other is shown both texts."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections
from django.test import Client

from portal.news.models import NewsIndexPage, NewsPage
from tests.desk.test_conflicts import latest, opened, people, save

pytestmark = [
    pytest.mark.integration,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another"),
]


def test_exactly_one_wins_and_the_other_gets_both_texts():
    news = NewsIndexPage.objects.get().add_child(instance=NewsPage(title="Общая новость", summary="Было."))
    news.save_revision().publish()
    start, answers = threading.Barrier(2), {}

    def press(client, sent, words):
        start.wait()
        try:
            answers[words] = save(client, news, sent, summary=words)
        finally:
            connections.close_all()

    threads = []
    for person, words in zip(people(), ("Пишет Анна.", "Пишет Вера."), strict=True):
        client = Client()
        client.force_login(person)
        threads.append(threading.Thread(target=press, args=(client, opened(client, news), words)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    statuses = {words: answer.status_code for words, answer in answers.items()}
    assert sorted(statuses.values()) == [302, 409]
    winner = next(words for words, status in statuses.items() if status == 302)
    refused = next(answer for answer in answers.values() if answer.status_code == 409).content.decode()
    assert latest(news).summary == winner
    assert "Пишет Анна." in refused
    assert "Пишет Вера." in refused
