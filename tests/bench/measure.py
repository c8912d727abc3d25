"""Interleaved measurement: in each round every page of every bank is asked between two shares of «hello»."""

from __future__ import annotations

import statistics
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.pages import Page
from tests.bench.processes import Server

SHARE = 0.25  # seconds of processor time that one page takes in one round, about
FEWEST, MOST = 4, 600  # requests of a page in one round
SETTLE = 0.5  # seconds; a process gives memory back when its answer is gone already
HELLO_EVERY = 4  # pages between two shares of «hello»


@dataclass
class Figures:
    """What was measured of one page at one bank."""

    page: Page
    sql: int
    bytes: int
    requests: int
    ratios: list[float] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """The median cost in «hello» requests."""
        return statistics.median(self.ratios)


class Measurement:
    """The figures of one bank, gathered round by round."""

    def __init__(self, server: Server, pages: list[Page]) -> None:
        self.server = server
        self.hello = _sized(lambda: server.ask("/hello/", "hello").status == 200, server)
        self.figures = [self._look(page) for page in pages]

    def _look(self, page: Page) -> Figures:
        """Warm the caches of every worker, count queries and bytes, choose how many requests make a share."""
        ask = self._asking(page)
        for _ in range(6):
            ask()
        counted = self.server.ask(_address(page), page.way, {"X-Bench-Count": "1"})
        answer = ask()
        return Figures(page, int(counted.headers["X-SQL"]), answer.size, _sized(lambda: bool(ask()), self.server))

    def _asking(self, page: Page) -> Callable[[], object]:
        headers = {}
        if page.conditional:
            headers["If-None-Match"] = self.server.ask(_address(page), page.way).headers["ETag"]

        def ask():
            answer = self.server.ask(_address(page), page.way, headers)
            assert answer.status == (304 if page.conditional else 200), f"{page.path}: {answer.status}"
            return answer

        return ask

    def round(self) -> None:
        """Measure every page once against the «hello» requests around it."""
        for start in range(0, len(self.figures), HELLO_EVERY):
            group = self.figures[start : start + HELLO_EVERY]
            before = self._per_request(lambda: self.server.ask("/hello/", "hello"), self.hello)
            costs = [self._per_request(self._asking(figures.page), figures.requests) for figures in group]
            after = self._per_request(lambda: self.server.ask("/hello/", "hello"), self.hello)
            for figures, cost in zip(group, costs, strict=True):
                figures.ratios.append(2 * cost / (before + after))

    def _per_request(self, ask: Callable[[], object], requests: int) -> float:
        begun = self.server.cpu()
        for _ in range(requests):
            ask()
        return (self.server.cpu() - begun) / requests


def seconds_after_publication(server: Server) -> float:
    """Processor time of the first catalogue after something was published and everything kept is out of date."""
    server.bank.manage("shell", "-c", "from portal.core import versions; [v.renew() for v in versions.Version.known]")
    begun = server.cpu()
    server.ask("/practices/", "portal")
    return server.cpu() - begun


def memory_after_publication(server: Server) -> float:
    """Megabytes of the largest process once all have built, or read, what a publication has put out of date."""
    seconds_after_publication(server)
    for _ in range(6):
        for path in ("/practices/", "/organisations/", "/api/v1/suggest?q=а"):
            server.ask(urllib.parse.quote(path, safe="/?=&"), "portal")
    time.sleep(SETTLE)
    return server.memory()


def _address(page: Page) -> str:
    return urllib.parse.quote(page.path, safe="/?=&")


def _sized(ask: Callable[[], object], server: Server) -> int:
    """Return how many requests use about SHARE seconds."""
    begun, until, done = server.cpu(), time.monotonic() + 5, 0
    while time.monotonic() < until and (server.cpu() - begun < SHARE / 5 or done < FEWEST):
        assert ask()
        done += 1
    each = (server.cpu() - begun) / max(done, 1)
    return max(FEWEST, min(MOST, round(SHARE / max(each, 1e-6))))
