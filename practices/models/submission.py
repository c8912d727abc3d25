"""What a kindergarten sends: a plain record beside the page tree, so that nothing unpublished is a page (ADR 0002)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from modelcluster.models import ClusterableModel

from portal.core.fields import MatchKeyField
from portal.core.models import Demonstrable, ProcedureRecord
from portal.intake.models import Attachment, Collaborator, Draftable, Message, Remark, Snapshot
from portal.organisations.models import Coordination, Membership
from practices.enums import EDITABLE, PUBLIC_LABELS, RecognitionLevel, SubmissionStatus
from practices.models.passport import PassportFields
from practices.rules import is_bank_editor, is_office


class PracticeSubmissionQuerySet(models.QuerySet["PracticeSubmission"]):
    def sent(self) -> PracticeSubmissionQuerySet:
        """Submissions that have left their organisation at least once."""
        return self.exclude(sent_at=None)

    def of_team(self, user: Any) -> PracticeSubmissionQuerySet:
        """Submissions on whose side `user` is: of an own organisation, or by an invitation that holds."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(_of_team(user))

    def visible_to(self, user: Any) -> PracticeSubmissionQuerySet:
        """Submissions that `user` may read; the same answer as `rules.can_view_submission` gives for each of them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        if is_office(user) or is_bank_editor(user):
            return self.filter(_of_team(user) | models.Q(sent_at__isnull=False))
        coordinated = Coordination.objects.active().filter(user=user).values("municipality")
        sent_there = models.Q(sent_at__isnull=False, organisation__municipality__in=coordinated)
        return self.filter(_of_team(user) | sent_there)


def _of_team(user: Any) -> models.Q:
    own = Membership.objects.active().filter(user=user).values("organisation")
    invited = SubmissionCollaborator.objects.filter(user=user, ended_at=None).values("submission")
    without = models.Q(organisation=None, created_by=user)
    return models.Q(organisation__in=own) | models.Q(pk__in=invited) | without


class PracticeSubmission(PassportFields, Draftable, Demonstrable, ClusterableModel):
    """A practice on its way into the bank: the passport with what is not published, and where it is on the way.

    Rows of authors are {id, position (slug), count, name, email, fields}: a name becomes public only with the consent
    of its owner, kept in AuthorConsent. Topics are names, chosen or proposed: they become topics when an editor
    makes the page. Files and pictures are rows of SubmissionFile.
    """

    files = None  # type: ignore[assignment]
    photos = None  # type: ignore[assignment]

    title = models.CharField("название практики", max_length=140, blank=True)
    title_match = MatchKeyField(source="title")  # by which the office looks for what it was sent
    summary = models.TextField("кратко о практике", max_length=350, blank=True)
    topics = models.JSONField("темы", default=list, blank=True)
    city_district = models.ForeignKey(
        "organisations.Municipality",
        verbose_name="район города",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"parent__isnull": False},
    )
    authors = models.JSONField("авторы", default=list, blank=True)
    contact_name = models.CharField("контактное лицо", max_length=120, blank=True)
    contact_email = models.EmailField("электронная почта", max_length=120, blank=True)
    contact_phone = models.CharField("телефон", max_length=18, blank=True)
    photos_children = models.BooleanField("на снимках есть дети", default=False)
    photo_consents = models.BooleanField("согласия родителей получены и хранятся в организации", default=False)
    photo_consents_on = models.DateField("дата", null=True, blank=True)
    photo_consents_post = models.CharField("должность ответственного", max_length=120, blank=True)
    photo_ready = models.BooleanField("снимки проверены: нет имён, бейджей, адресов, диагнозов", default=False)
    rights = models.BooleanField("права на материалы", default=False)
    consent = models.ForeignKey(
        "core.Consent",
        verbose_name="согласие на обработку персональных данных",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    comment = models.TextField("комментарий модератору", max_length=1000, blank=True)

    status = models.CharField(
        "статус", max_length=20, choices=SubmissionStatus, default=SubmissionStatus.DRAFT, db_index=True
    )
    status_since = models.DateTimeField("в этом статусе с", null=True, blank=True)
    due_at = models.DateTimeField("срок", null=True, blank=True, db_index=True)
    number = models.CharField("номер", max_length=20, unique=True, null=True, blank=True)
    sent_at = models.DateTimeField("отправлена", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="отправил",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    returned_from = models.CharField(max_length=20, blank=True, choices=SubmissionStatus)
    returns = models.JSONField("возвраты по стадиям", default=dict, blank=True)  # status → how many times it returned
    open_fields = models.JSONField(default=list, blank=True)  # in a revision: fields open for change; empty: all
    checklist = models.JSONField("формальная проверка", default=dict, blank=True)  # line → True, False or None
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ведёт",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    level = models.CharField("уровень признания", max_length=20, choices=RecognitionLevel, blank=True)
    level_on = models.DateField("дата решения", null=True, blank=True)
    level_until = models.DateField("действует до", null=True, blank=True)
    page = models.ForeignKey(
        "practices.PracticePage",
        verbose_name="страница",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
    )
    updates = models.ForeignKey(
        "practices.PracticePage",
        verbose_name="обновляет практику",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="updating_submissions",
    )
    # The revision of the page that the author was sent, and the one the author agreed to: only this one is published.
    shown_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    agreed_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: ClassVar[Any] = PracticeSubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "заявка с практикой"
        verbose_name_plural = "заявки с практиками"
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "status"], name="submission_of_organisation"),
            models.Index(fields=["status", "-sent_at"], name="submission_table"),
        ]

    def __str__(self) -> str:
        return self.title or "Практика без названия"

    @property
    def is_editable(self) -> bool:
        """Whether the author may write in it now."""
        return self.status in EDITABLE

    @property
    def public_status(self) -> str:
        """The status in the words of people outside the office."""
        return PUBLIC_LABELS[self.status]


class SubmissionRecord(ProcedureRecord):
    """A line of the history of a submission."""

    submission = models.ForeignKey(PracticeSubmission, on_delete=models.CASCADE, related_name="records")
    token = models.CharField(max_length=40, blank=True, editable=False)  # of the sending, so that a second is no second

    class Meta(ProcedureRecord.Meta):
        verbose_name = "запись истории заявки"
        verbose_name_plural = "история заявок"


class SubmissionSnapshot(Snapshot):
    """The answers of a submission at a moment that matters."""

    submission = models.ForeignKey(PracticeSubmission, on_delete=models.CASCADE, related_name="snapshots")

    class Meta(Snapshot.Meta):
        verbose_name = "снимок ответов"
        verbose_name_plural = "снимки ответов"


class SubmissionFile(Attachment):
    """A file of a submission; never public before publication."""

    submission = models.ForeignKey(PracticeSubmission, on_delete=models.CASCADE, related_name="attachments")

    class Meta(Attachment.Meta):
        verbose_name = "файл заявки"
        verbose_name_plural = "файлы заявок"


class SubmissionCollaborator(Collaborator):
    """A colleague invited to a draft."""

    submission = models.ForeignKey(PracticeSubmission, on_delete=models.CASCADE, related_name="collaborators")

    class Meta(Collaborator.Meta):
        verbose_name = "соавтор заявки"
        verbose_name_plural = "соавторы заявок"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "email"], condition=models.Q(ended_at=None), name="collaborator_once"
            )
        ]


class SubmissionRemark(Remark):
    """A remark of a round of revision, and the answer to it."""

    submission = models.ForeignKey(PracticeSubmission, on_delete=models.CASCADE, related_name="remarks")

    class Meta(Remark.Meta):
        verbose_name = "замечание"
        verbose_name_plural = "замечания"


class SubmissionMessage(Message):
    """A message between the office and the author."""

    submission = models.ForeignKey(PracticeSubmission, on_delete=models.CASCADE, related_name="messages")

    class Meta(Message.Meta):
        verbose_name = "сообщение о заявке"
        verbose_name_plural = "переписка о заявках"


class AuthorConsent(models.Model):
    """The consent of one author to open the name to everybody: given on the portal by a link, or on paper."""

    submission = models.ForeignKey(PracticeSubmission, on_delete=models.CASCADE, related_name="author_consents")
    author = models.CharField("строка автора", max_length=40)
    token_digest = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField("спрошен", null=True, blank=True)
    refused_at = models.DateTimeField("отказался", null=True, blank=True)
    consent = models.ForeignKey(
        "core.Consent", verbose_name="согласие", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    paper = models.ForeignKey(
        SubmissionFile,
        verbose_name="подписанный лист",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "согласие автора"
        verbose_name_plural = "согласия авторов"
        constraints = [models.UniqueConstraint(fields=["submission", "author"], name="author_consent_once")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.author}"
