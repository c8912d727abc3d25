"""Loads a generated bank of any size in batches; each batch and the note of it are one transaction."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from django.utils import timezone

from portal.core import versions
from portal.core.slugs import latin_slug
from portal.demo import content, pictures
from portal.demo.covers.draw import area_motifs, cover_alt, draw_cover
from portal.demo.ledger import Ledger
from portal.demo.models import DemoLoad
from portal.demo.organisations import fictional_inn
from portal.demo.scale.generate import Generator
from portal.demo.scale.insert import insert_pages
from portal.demo.scale.library import EXTERNAL_PREFIX, IMAGES_PER_AREA, Library, image_key
from portal.demo.scale.pools import themes
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.domain import changes
from practices.models import PracticeIndexPage

SMALLEST, LARGEST = 300, 20_000
SEED = 2022
BATCH = 500
KEY_PREFIX = "scale:"
FIRST_INN = 1000  # the numbers before belong to the small demonstration
SHARES = {"volgograd": 30.0, "volzhskiy": 12.0, "kamyshin": 5.0, "mikhaylovka": 3.0}  # per cent; the rest alike


def load_scale(amount: int, *, cover_width: int = pictures.COVER_WIDTH, seed: int = SEED) -> Iterator[str]:
    """Bring the number of generated practices to `amount` and yield lines of progress.

    A run after a kill goes on where the last whole batch ended; what people deleted is not made again.
    """
    begun = time.monotonic()
    done = loaded()
    if done >= amount:
        yield f"Придуманные практики: уже загружено {done}"
        return
    ledger = Ledger()
    yield from _load_organisations(ledger, min(400, max(60, amount // 20)))
    yield from _load_images(ledger, cover_width)
    library = Library()
    section = PracticeIndexPage.objects.get()
    generator = Generator(themes(), content.read("scale")["groups"], timezone.localdate(), seed)
    for start in range(done, amount, BATCH):
        stop = min(start + BATCH, amount)
        with ledger.unit(f"{KEY_PREFIX}{start:05d}-{stop:05d}"):
            made = [generator.practice(number) for number in range(start, stop)]
            slugs = [f"{latin_slug(item.fields['title'], max_length=50)}-{item.number:05d}" for item in made]
            insert_pages(section, [library.page(item) for item in made], slugs)
        yield f"Придуманные практики: {stop} из {amount}, {time.monotonic() - begun:.0f} с"
    changes.practices_version.bump()
    versions.bump()


def loaded() -> int:
    """Return how many practices were generated so far: the batches follow each other without gaps."""
    keys = DemoLoad.objects.filter(key__startswith=KEY_PREFIX).values_list("key", flat=True)
    return max((int(key.rpartition("-")[2]) for key in keys), default=0)


def _load_organisations(ledger: Ledger, amount: int) -> Iterator[str]:
    """Kindergartens for the generated practices, more of them where more people live."""
    nicknames = content.read("scale")["nicknames"]
    places = list(Municipality.objects.formations().order_by("slug"))
    kind = Term.objects.filter(vocabulary=Vocabulary.ORGANISATION_KIND, slug="mbdou").first()
    with ledger.unit(f"organisations-{EXTERNAL_PREFIX}{amount}") as due:
        if not due:
            return
        existing = Organisation.objects.filter(slug__startswith=EXTERNAL_PREFIX).count()
        rows = []
        for number in range(existing, amount):
            place = _place(places, (number + 0.5) / amount)
            name = f"Детский сад № {500 + number} «{nicknames[number % len(nicknames)]}»"
            rows.append(
                Organisation(
                    name=f"{name}, {place.short_name} (демонстрация)",
                    short_name=name,
                    slug=f"{EXTERNAL_PREFIX}detskiy-sad-{number:03d}",
                    kind=kind,
                    municipality=place,
                    inn=fictional_inn(FIRST_INN + number),
                    settlement=place.centre[:120],
                    address=f"ул. Демонстрационная, д. {number + 1}",
                    is_demo=True,
                )
            )
        Organisation.objects.bulk_create(rows, batch_size=200)
    yield f"Придуманные организации: {amount}"


def _place(places: Sequence[Municipality], share: float) -> Municipality:
    """Return the municipality at `share` (0 … 1) of the region's kindergartens."""
    rest = (100 - sum(SHARES.values())) / max(1, len(places) - len(SHARES))
    reached = 0.0
    for place in places:
        reached += SHARES.get(place.slug, rest)
        if share * 100 < reached:
            return place
    return places[-1]


def _load_images(ledger: Ledger, cover_width: int) -> Iterator[str]:
    """Shared covers: many practices have one picture."""
    areas = [*Term.objects.of(Vocabulary.AREA).values_list("slug", flat=True), None]
    for area in areas:
        with ledger.unit(f"images-{EXTERNAL_PREFIX}{area}") as due:
            if not due:
                continue
            motifs = area_motifs(area)
            drawings = [
                pictures.Drawing(
                    image_key(area, number),
                    f"Обложка {number + 1}",
                    cover_alt(area, motif := motifs[number % len(motifs)]),
                    draw_cover(area, motif, seed=number),
                )
                for number in range(IMAGES_PER_AREA)
            ]
            for drawing, jpeg in pictures.draw(drawings, width=cover_width):
                pictures.store(drawing, jpeg)
    yield f"Общие обложки: {len(areas) * IMAGES_PER_AREA}"
