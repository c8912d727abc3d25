"""How a person comes into an organisation: invited, or asking; and the history of it all."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.core.fields import MatchKeyField
from portal.core.models import ProcedureRecord
from portal.organisations.enums import InvitationState, MemberRole, PeopleAction, RequestState
from portal.organisations.inn import validate_inn
from portal.organisations.models.people import Coordination, Membership
from portal.organisations.models.registry import Municipality, Organisation


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Invitations that can be answered now."""
        return self.filter(state=InvitationState.PENDING, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A letter to a mailbox that opens an organisation to its owner; the secret of its link is kept as a hash."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="организация", on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField("электронная почта")
    role = models.CharField("роль", max_length=10, choices=MemberRole, default=MemberRole.AUTHOR)
    state = models.CharField("состояние", max_length=10, choices=InvitationState, default=InvitationState.PENDING)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="пригласил", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField("отправлено", default=timezone.now)
    expires_at = models.DateTimeField("действует до")
    answered_at = models.DateTimeField("ответ", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто ответил",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(state=InvitationState.PENDING),
                name="invitation_once",
            )
        ]
        indexes = [models.Index(fields=["email", "state"], name="invitation_of_mailbox")]

    def __str__(self) -> str:
        return f"{self.email}: {self.organisation}"

    @property
    def is_open(self) -> bool:
        """Whether it can be answered now."""
        return self.state == InvitationState.PENDING and self.expires_at > timezone.now()

    @property
    def shown_state(self) -> InvitationState:
        """The state as people see it: what nobody answered in time has expired."""
        if self.state == InvitationState.PENDING and not self.is_open:
            return InvitationState.EXPIRED
        return InvitationState(self.state)


class AskingQuerySet(models.QuerySet):
    def pending(self) -> AskingQuerySet:
        """What waits for a decision."""
        return self.filter(state=RequestState.PENDING)


class Asking(models.Model):
    """Abstract: a person asks for a role, somebody decides and answers in words."""

    role = models.CharField("роль", max_length=10, choices=MemberRole, default=MemberRole.AUTHOR)
    words = models.TextField("пояснение", max_length=500, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=RequestState, default=RequestState.PENDING, db_index=True
    )
    made_at = models.DateTimeField("отправлен", default=timezone.now)
    due_at = models.DateTimeField("ответить до")
    answer = models.TextField("ответ", max_length=500, blank=True)
    decided_at = models.DateTimeField("решён", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто решил", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    objects: ClassVar[Any] = AskingQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["due_at", "pk"]

    @property
    def is_pending(self) -> bool:
        """Whether it waits for a decision."""
        return self.state == RequestState.PENDING

    @property
    def is_overdue(self) -> bool:
        """Whether those who should have decided kept silent: from now on the moderator may."""
        return self.is_pending and self.due_at < timezone.now()


class JoinRequestQuerySet(AskingQuerySet):
    def with_deciders(self) -> JoinRequestQuerySet:
        """Add `has_decider`: whether a head or a coordinator is there to decide, besides who asks."""
        own = models.OuterRef("user")
        heads = Membership.objects.active().heads().filter(organisation=models.OuterRef("organisation"))
        coordinators = Coordination.objects.active().filter(municipality=models.OuterRef("organisation__municipality"))
        has_decider = models.Exists(heads.exclude(user=own)) | models.Exists(coordinators.exclude(user=own))
        return self.annotate(has_decider=models.ExpressionWrapper(has_decider, models.BooleanField()))

    def for_moderator(self) -> JoinRequestQuerySet:
        """What the moderator decides: nobody else is there, or three working days have passed."""
        late = models.Q(due_at__lt=timezone.now())
        return self.with_deciders().filter(late | models.Q(has_decider=False), state=RequestState.PENDING)


class JoinRequest(Asking):
    """A person asks to belong to an organisation of the registry."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="человек", on_delete=models.CASCADE, related_name="join_requests"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="организация", on_delete=models.CASCADE, related_name="join_requests"
    )

    objects: ClassVar[Any] = JoinRequestQuerySet.as_manager()

    class Meta(Asking.Meta):
        verbose_name = "запрос на участие"
        verbose_name_plural = "запросы на участие"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=models.Q(state=RequestState.PENDING),
                name="join_request_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"


class OrganisationRequest(Asking):
    """A person asks to enter an organisation that the registry lacks, and to belong to it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="человек", on_delete=models.CASCADE, related_name="organisation_requests"
    )
    inn = models.CharField("ИНН", max_length=12, validators=[validate_inn])
    name = models.CharField("полное название", max_length=300)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="муниципалитет",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"parent": None},
    )
    settlement = models.CharField("населённый пункт", max_length=120, blank=True)
    name_match = MatchKeyField()
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="внесена как",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="asked_for_by",
    )

    class Meta(Asking.Meta):
        verbose_name = "новая организация"
        verbose_name_plural = "новые организации"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "inn"], condition=models.Q(state=RequestState.PENDING), name="organisation_request_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} (ИНН {self.inn})"


class PeopleRecord(ProcedureRecord):
    """A line of the history of people: about whom, in which organisation or municipality."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name="организация",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="people_records",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="муниципалитет",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="people_records",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="о ком",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    email = models.EmailField("почта приглашения", blank=True)

    class Meta(ProcedureRecord.Meta):
        verbose_name = "запись истории людей"
        verbose_name_plural = "история людей"

    @property
    def title(self) -> str:
        """What happened, in words."""
        return PeopleAction(self.action).label

    @property
    def roles(self) -> str:
        """The role, or the change of roles, in words; blank where the line is not about one."""
        names = [MemberRole(value).label for value in (self.source, self.target) if value in MemberRole.values]
        return " → ".join(names)
