"""Runs the benchmark: `make bench`, `make bench ARGS="--sizes 300 --rounds 3"`."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack

from tests.bench.banks import Bank
from tests.bench.measure import Measurement, memory_after_publication, seconds_after_publication
from tests.bench.pages import pages
from tests.bench.processes import Server

SIZES = (2_000, 20_000)
ROUNDS = 7
MEMORY_MB = 170
REBUILD_SECONDS = 3.0


def main() -> int:
    """Measure, print the tables, return 1 when something is over its budget."""
    options = _options()
    banks = [Bank(size, options.port + number) for number, size in enumerate(sorted(options.sizes))]
    for bank in banks:
        bank.prepare(rebuild=options.rebuild)
    with ExitStack() as stack:
        servers = [stack.enter_context(Server(bank)) for bank in banks]
        after = [seconds_after_publication(server) for server in servers]
        measured = [Measurement(server, pages(server.bank.environment["SITE_URL"])) for server in servers]
        for number in range(options.rounds):
            for measurement in measured:
                measurement.round()
            print(f"круг {number + 1} из {options.rounds}", file=sys.stderr, flush=True)
        memory = [max(server.memory(), memory_after_publication(server)) for server in servers]
    exceeded = _report(banks, measured)
    for bank, seconds, megabytes in zip(banks, after, memory, strict=True):
        fits = seconds <= REBUILD_SECONDS and megabytes <= MEMORY_MB
        exceeded += not fits
        print(
            f"{bank.size}: каталог после публикации {seconds:.2f} с (≤ {REBUILD_SECONDS:.0f}), "
            f"процесс сайта {megabytes:.0f} МБ (≤ {MEMORY_MB}){'' if fits else ' — ПРЕВЫШЕНО'}"
        )
    return 1 if exceeded and options.strict else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="сколько практик в банках")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="сколько кругов")
    parser.add_argument("--port", type=int, default=8760, help="первый из портов")
    parser.add_argument("--rebuild", action="store_true", help="построить банки заново")
    parser.add_argument("--strict", action="store_true", help="код 1, если что-то дороже положенного")
    return parser.parse_args()


def _report(banks: list[Bank], measured: list[Measurement]) -> int:
    """Print a table for each bank and return how many lines are over budget."""
    exceeded = 0
    on_postgresql = bool(os.environ.get("DATABASE_URL"))
    print("\nH — процессорное время одного ответа «hello» (проект Django из startproject) под тем же сервером.")
    for bank, measurement in zip(banks, measured, strict=True):
        print(f"\n{bank.size} практик, {'PostgreSQL' if on_postgresql else 'SQLite'}, медиана по кругам\n")
        print("| страница | H | не больше | к меньшему банку | не больше | SQL | не больше | байт | не больше | |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|---|")
        for figures, base in zip(measurement.figures, measured[0].figures, strict=True):
            page = figures.page
            budget = page.postgresql if on_postgresql else page.sqlite
            if measurement is not measured[0]:
                budget = round(budget * page.growth, 1)
            growth = figures.cost / base.cost
            # What the smallest bank may cost is fixed; a larger one is bounded by its growth.
            fits = (
                (figures.cost <= budget or measurement is not measured[0])
                and figures.sql <= page.sql
                and figures.bytes <= page.bytes
                and (growth <= page.growth)
            )
            exceeded += not fits
            cells = (page.title, f"{figures.cost:.1f}", f"{budget:g}", f"{growth:.2f}", f"{page.growth:g}",
                     figures.sql, page.sql, figures.bytes, page.bytes, "" if fits else "**выше**")  # fmt: skip
            print("| " + " | ".join(map(str, cells)) + " |")
    print()
    return exceeded


if __name__ == "__main__":
    sys.exit(main())
