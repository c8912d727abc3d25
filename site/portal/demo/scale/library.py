"""Turns generated values into unsaved pages, everything they refer to being read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from portal.demo.scale.generate import Generated
from portal.demo.storage import image_place
from portal.files.models import PortalImage
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term
from practices.models import PracticeAuthor, PracticePage, TaggedPractice

EXTERNAL_PREFIX = "scale-"
IMAGES_PER_AREA = 20
T = TypeVar("T")


def image_key(area: str | None, number: int) -> str:
    """Return the key of one of the shared covers of an area."""
    return f"scale-image:{area}:{number}"


class Library:
    """Terms, topics, organisations and pictures by code; what people removed is left out of the pages."""

    def __init__(self) -> None:
        self.terms = {(term.vocabulary, term.slug): term for term in Term.objects.all()}
        self.tags = {tag.slug: tag for tag in Tag.objects.all()}
        places = Municipality.objects.in_bulk()
        self.organisations = list(
            Organisation.objects.filter(slug__startswith=EXTERNAL_PREFIX, is_demo=True).order_by("slug")
        )
        for organisation in self.organisations:
            organisation.municipality = places.get(organisation.municipality_id)
        self.images: dict[str | None, list[PortalImage]] = defaultdict(list)
        files = {image.file.name: image for image in PortalImage.objects.filter(is_demo=True)}
        areas = [*(slug for vocabulary, slug in self.terms if vocabulary == Vocabulary.AREA), None]
        for area in areas:
            names = [image_place(image_key(area, number)) for number in range(IMAGES_PER_AREA)]
            self.images[area] = [files[name] for name in names if name in files]

    def page(self, item: Generated) -> PracticePage:
        """Return the page of a generated practice with topics, authors and `chosen_terms` in memory."""
        organisation = _choose(self.organisations, item.organisation)
        cover = _choose(self.images[item.area], item.image)
        page: Any = PracticePage(  # modelcluster's managers take lists; its types do not say so
            **item.fields,
            external_id=f"{EXTERNAL_PREFIX}{item.number:06d}",
            translation_key=item.key,
            organisation=organisation,
            municipality=organisation.municipality if organisation else None,
            cover=cover,
            cover_alt=cover.description if cover else "",
            is_demo=True,
        )
        children: Any = page  # rows of a page are assigned whole, as Wagtail's own forms do
        children.tagged_items = [TaggedPractice(tag=self.tags[slug]) for slug in item.tags if slug in self.tags]
        position = self.terms.get((Vocabulary.POSITION, item.position))
        children.authors = [PracticeAuthor(position=position, count=item.authors)] if position else []
        children.chosen_terms = [self.terms[pair].pk for pair in item.terms if pair in self.terms]
        return page


def _choose(options: Sequence[T], share: float) -> T | None:
    """Return the option at `share` (0 … 1) of the row."""
    return options[int(share * len(options)) % len(options)] if options else None
