"""An accepted submission with everything on it, the people around it, and the ways to publish its page."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from portal.core import privacy
from portal.core.models.privacy import ConsentPurpose
from portal.intake.enums import AttachmentPurpose
from portal.intake.models import NumberSeries
from portal.vocabularies.models import Tag
from practices.domain import publication
from practices.domain.transitions import perform
from practices.enums import NUMBER_SERIES, SubmissionStatus
from practices.models import AuthorConsent, PracticePage, PracticeSubmission, SubmissionFile
from practices.models.editing import SINGLE, field_name
from practices.models.passport import PASSPORT_VOCABULARIES
from tests.factories.whole import make_whole
from tests.practices.submission.conftest import make_people

NAME = "Авторова Анна"


@pytest.fixture
def people(db):
    return make_people()


def jpeg(colour="red"):
    content = io.BytesIO()
    Image.new("RGB", (1280, 800), colour).save(content, "JPEG")
    return content.getvalue()


def add_file(submission, purpose, name, content, **fields):
    row = SubmissionFile(
        submission=submission,
        purpose=purpose,
        name=name,
        media_type="image/jpeg" if name.endswith("jpg") else "application/pdf",
        size=len(content),
        digest=f"{submission.attachments.count():064}",
        order=submission.attachments.count(),
        **fields,
    )
    row.file.save(name, ContentFile(content))
    return row


def make_accepted(people, **fields):
    """A submission that the office has accepted: a named author who agreed, a cover, a picture, a file, a signed sheet."""
    Tag.objects.get_or_create(name="Наблюдение")
    authors = [{"id": "a1", "position": "vospitatel", "count": 1, "name": NAME, "email": "anna@example.org"}]
    submission = make_whole(people.ours, people.author, status=SubmissionStatus.ACCEPTED, **fields)
    submission.authors = authors
    NumberSeries.objects.update_or_create(series=NUMBER_SERIES, year=timezone.localdate().year, defaults={"last": 100})
    submission.topics = ["наблюдение", "Новая тема"]
    submission.rights = True
    submission.save()
    consent = privacy.give_consent(
        ConsentPurpose.DISTRIBUTION, person=NAME, email="anna@example.org", fields=["name", "photo"], address=None,
        basis="лист",
    )  # fmt: skip
    AuthorConsent.objects.create(submission=submission, author="a1", consent=consent)
    add_file(submission, AttachmentPurpose.COVER, "cover.jpg", jpeg(), alt="Подоконник с приборами")
    add_file(submission, AttachmentPurpose.PHOTO, "photo.jpg", jpeg("blue"), alt="Дети у окна")
    add_file(submission, AttachmentPurpose.FILE, "diary.pdf", b"%PDF-1.4 diary", title="Дневник погоды")
    add_file(submission, AttachmentPurpose.CONSENT, "sheet.pdf", b"%PDF-1.4 sheet", title="Подписанный лист")
    return submission


@pytest.fixture
def accepted(people, media, bank):
    return make_accepted(people)


class Way:
    """The verbs of the way, each done by the right person; `submission` and `page` are read anew."""

    def __init__(self, people, accepted):
        self.people, self.accepted = people, accepted

    @property
    def submission(self):
        return PracticeSubmission.objects.get(pk=self.accepted.pk)

    @property
    def page(self):
        return PracticePage.objects.get(pk=self.submission.page_id)

    def make(self):
        return publication.make_page(self.accepted, actor=self.people.editor)

    def edit(self, **changes):
        draft = self.page.get_latest_revision_as_object()
        for name, value in changes.items():
            setattr(draft, name, value)
        return draft.save_revision(user=self.people.editor)

    def send(self):
        return publication.send_text(self.submission, actor=self.people.editor)

    def agree(self):
        return perform(self.submission, "agree", actor=self.people.author)

    def object(self, words="Дети здесь старше."):
        return perform(self.submission, "object", actor=self.people.author, comment=words)

    def agreed(self):
        self.make()
        self.send()
        return self.agree()

    def publish(self):
        self.page.get_latest_revision().publish(user=self.people.editor)
        return self.page

    def published(self):
        self.agreed()
        return self.publish()


@pytest.fixture
def way(people, accepted):
    return Way(people, accepted)


def posted(page, **changes):
    """What the editor's form sends for the latest version of `page`."""
    draft = page.get_latest_revision_as_object()
    plain = (
        "title", "slug", "summary", "problem", "goal", "audience_text", "technologies", "res_staff", "res_material",
        "res_information", "partners", "results_summary", "negative", "replication", "video_url", "cover_alt", "level",
    )  # fmt: skip
    data = {name: getattr(draft, name) or "" for name in plain}
    data |= {
        name: getattr(draft, name) if getattr(draft, name) is not None else ""
        for name in ("cost", "launch_time", "evidence")
    }
    data |= {
        name: getattr(draft, name) or ""
        for name in ("period_start", "period_end", "level_on", "level_until", "published_on")
    }
    data |= {name: getattr(draft, f"{name}_id") or "" for name in ("organisation", "municipality", "cover")}
    data["tags"] = ", ".join(f'"{tag.name}"' for tag in draft.tags.all())
    data["authors"] = inline_formset(
        [
            {
                "id": row.pk or "",
                "position": row.position_id,
                "count": row.count,
                "name": row.name,
                "consent": row.consent_id or "",
            }
            for row in draft.authors.all()
        ],
        initial=sum(1 for row in draft.authors.all() if row.pk),
    )
    data["evidence_links"] = inline_formset(
        [{"id": row.pk or "", "item": row.item_id, "amount": row.amount} for row in draft.evidence_links.all()],
        initial=sum(1 for row in draft.evidence_links.all() if row.pk),
    )
    for name in ("tasks", "steps", "indicators", "risks", "replicated_by", "files", "photos"):
        rows = []
        for row in getattr(draft, name).get_prep_value():
            value = row["value"]
            rows.append(
                (
                    row["type"],
                    {k: "" if v is None else v for k, v in value.items()} if isinstance(value, dict) else value,
                )
            )
        data[name] = streamfield(rows)
    several = {}
    for vocabulary in PASSPORT_VOCABULARIES:
        chosen = [term.pk for term in draft.terms.all() if term.vocabulary == vocabulary]
        if vocabulary in SINGLE:
            data[field_name(vocabulary)] = chosen[0] if chosen else ""
        else:
            several[field_name(vocabulary)] = chosen
    return {**nested_form_data({**data, **changes}), **several}


def by_editor(client, page, **changes):
    """The button «Опубликовать» of the editor."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, {**posted(page, **changes), "action-publish": "1"}, follow=True)


def in_bulk(client, page):
    """«Опубликовать» over pages chosen in a list."""
    return client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/pages/", follow=True)
