"""Closed sets of the registry that are code, not content."""

from __future__ import annotations

from django.db import models


class MemberRole(models.TextChoices):
    """What a person is in an organisation; the head confirms what leaves it and manages its people."""

    HEAD = "head", "руководитель"
    AUTHOR = "author", "автор"


class InvitationState(models.TextChoices):
    """Where an invitation is; one past its term is shown as expired without being written so."""

    PENDING = "pending", "ждёт ответа"
    ACCEPTED = "accepted", "принято"
    REFUSED = "refused", "отклонено"
    EXPIRED = "expired", "срок истёк"
    WITHDRAWN = "withdrawn", "отозвано"


class RequestState(models.TextChoices):
    """Where a request of a person is."""

    PENDING = "pending", "ждёт решения"
    CONFIRMED = "confirmed", "подтверждён"
    REFUSED = "refused", "отклонён"
    WITHDRAWN = "withdrawn", "отозван"


class PeopleAction(models.TextChoices):
    """What the history of people tells."""

    INVITED = "invited", "приглашение отправлено"
    INVITED_AGAIN = "invited_again", "приглашение отправлено снова"
    INVITATION_ACCEPTED = "invitation_accepted", "приглашение принято"
    INVITATION_REFUSED = "invitation_refused", "приглашение отклонено"
    INVITATION_WITHDRAWN = "invitation_withdrawn", "приглашение отозвано"
    REQUESTED = "requested", "запрос на участие"
    REQUEST_CONFIRMED = "request_confirmed", "запрос подтверждён"
    REQUEST_REFUSED = "request_refused", "запрос отклонён"
    REQUEST_WITHDRAWN = "request_withdrawn", "запрос отозван"
    APPOINTED = "appointed", "роль дана модератором"
    ROLE_CHANGED = "role_changed", "роль изменена"
    LEFT = "left", "человек вышел из организации"
    ENDED = "ended", "доступ закрыт"
    ORGANISATION_REQUESTED = "organisation_requested", "просьба внести организацию"
    ORGANISATION_CREATED = "organisation_created", "организация внесена"
    ORGANISATION_REFUSED = "organisation_refused", "просьба внести организацию отклонена"
    COORDINATOR_ASSIGNED = "coordinator_assigned", "координатор назначен"
    COORDINATOR_CHANGED = "coordinator_changed", "срок координатора изменён"
    COORDINATOR_ENDED = "coordinator_ended", "координатор снят"
