"""Screens of the office about people: requests, new organisations, people, coordinators, history. Verbs do the work."""

from __future__ import annotations

from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn

from portal.core.admin_filters import YesNoFilter
from portal.core.awaiting import Task
from portal.organisations import rules
from portal.organisations.domain import coordination, new_organisations, people, requests
from portal.organisations.enums import MemberRole, RequestState
from portal.organisations.models import (
    Coordination,
    JoinRequest,
    Membership,
    Municipality,
    Organisation,
    OrganisationRequest,
    PeopleRecord,
)
from portal.organisations.office_forms import (
    AnswerForm,
    CoordinationForm,
    DaysForm,
    EndForm,
    EnterOrganisationForm,
    MembershipForm,
)
from portal.organisations.office_verbs import EnteringView, OfficePolicy, OfficeVerb, VerbIndexView, VerbViewSet


def _municipalities(request: HttpRequest) -> QuerySet[Municipality]:
    return Municipality.objects.formations()


def _is_pending(row: Any) -> bool:
    return bool(row.is_pending)


class JoinRequestFilterSet(WagtailFilterSet):
    office = django_filters.ChoiceFilter(
        label="Кто решает",
        choices=[("true", "модератор: срок прошёл или больше некому")],
        empty_label="Любой",
        method="for_office",
        widget=forms.Select,
    )
    organisation__municipality = django_filters.ModelChoiceFilter(label="Муниципалитет", queryset=_municipalities)

    class Meta:
        model = JoinRequest
        fields = ["office", "state", "role", "organisation__municipality"]

    def for_office(self, rows: Any, name: str, value: str) -> Any:
        """Keep what the moderator may decide now."""
        return rows.filter(pk__in=JoinRequest.objects.for_moderator().values("pk")) if value else rows


class JoinRequestViewSet(VerbViewSet):
    """Requests of people; the office decides on those that nobody else does."""

    model = JoinRequest
    icon = "user"
    menu_label = "Запросы на участие"
    menu_name = "join-requests"
    list_display = [
        "user",
        Column("email", label="Почта", accessor="user.email"),
        "organisation",
        Column("municipality", label="Муниципалитет", accessor="organisation.municipality"),
        "role",
        DateColumn("made_at", label="Отправлен", sort_key="made_at"),
        DateColumn("due_at", label="Ответить до", sort_key="due_at"),
        "state",
    ]
    filterset_class = JoinRequestFilterSet
    inspect_view_fields = [
        "user", "organisation", "role", "words", "made_at", "due_at", "state", "answer", "decided_at", "decided_by",
    ]  # fmt: skip
    verbs = {
        "confirm": OfficeVerb(
            label="Подтвердить",
            icon="check",
            question=lambda row: f"{row.user} — «{row.organisation}», роль: {row.get_role_display()}. Подтвердить?",
            do=lambda row, actor, form: requests.confirm(row, actor=actor),
            done=lambda row: f"{row.user} теперь в организации «{row.organisation}».",
            shown=_is_pending,
        ),
        "refuse": OfficeVerb(
            label="Отказать",
            icon="cross",
            question=lambda row: f"{row.user} просит «{row.organisation}». Почему отказ?",
            do=lambda row, actor, form: requests.refuse(row, form.cleaned_data["answer"], actor=actor),
            done=lambda row: "Запрос отклонён, человек получит письмо.",
            shown=_is_pending,
            form=AnswerForm,
        ),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return JoinRequest.objects.select_related("user", "organisation__municipality")


class OrganisationRequestFilterSet(WagtailFilterSet):
    municipality = django_filters.ModelChoiceFilter(label="Муниципалитет", queryset=_municipalities)

    class Meta:
        model = OrganisationRequest
        fields = ["state", "municipality"]


class OrganisationRequestIndexView(VerbIndexView):
    key_fields = ("user__name_key", "name_match")
    latin_fields = ("user__email", "inn")


class OrganisationRequestViewSet(VerbViewSet):
    """Organisations that the registry lacks: entered in one step together with who asked."""

    model = OrganisationRequest
    icon = "home"
    menu_label = "Новые организации"
    menu_name = "organisation-requests"
    index_view_class = OrganisationRequestIndexView
    list_display = [
        "name",
        "inn",
        "municipality",
        "user",
        "role",
        DateColumn("due_at", label="Ответить до", sort_key="due_at"),
        "state",
    ]
    filterset_class = OrganisationRequestFilterSet
    inspect_view_fields = [
        "name", "inn", "municipality", "settlement", "user", "role", "words", "made_at", "due_at", "state", "answer",
        "organisation", "decided_by",
    ]  # fmt: skip
    verbs = {
        "enter": OfficeVerb(
            label="Внести",
            icon="plus",
            question=lambda row: f"Организация будет внесена, {row.user} получит роль: {row.get_role_display()}.",
            do=lambda row, actor, form: new_organisations.enter(row, form.instance, actor=actor),
            done=lambda row: f"Организация внесена, {row.user} в ней.",
            shown=lambda row: row.is_pending and not row.is_known,
            form=EnterOrganisationForm,
            initial=lambda row: {
                "name": row.name,
                "inn": row.inn,
                "municipality": row.municipality_id,
                "settlement": row.settlement,
            },
        ),
        "attach": OfficeVerb(
            label="Есть в реестре: открыть человеку",
            icon="link",
            question=lambda row: f"Организация с ИНН {row.inn} уже внесена. Открыть её человеку: {row.user}?",
            do=lambda row, actor, form: new_organisations.enter(
                row, Organisation.objects.get(inn=row.inn), actor=actor
            ),
            done=lambda row: f"{row.user} теперь в организации.",
            shown=lambda row: row.is_pending and row.is_known,
        ),
        "decline": OfficeVerb(
            label="Отказать",
            icon="cross",
            question=lambda row: f"{row.user} просит внести «{row.name}». Почему отказ?",
            do=lambda row, actor, form: new_organisations.decline(row, form.cleaned_data["answer"], actor=actor),
            done=lambda row: "Отказ отправлен человеку.",
            shown=_is_pending,
            form=AnswerForm,
        ),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        known = Organisation.objects.filter(inn=OuterRef("inn"))
        return OrganisationRequest.objects.select_related("user", "municipality").annotate(is_known=Exists(known))


class MembershipFilterSet(WagtailFilterSet):
    ended_at = YesNoFilter(label="Доступ закрыт", lookup_expr="isnull", exclude=True)
    organisation__municipality = django_filters.ModelChoiceFilter(label="Муниципалитет", queryset=_municipalities)

    class Meta:
        model = Membership
        fields = ["role", "ended_at", "organisation__municipality"]


class MembershipIndexView(VerbIndexView):
    key_fields = ("user__name_key", "organisation__name_match", "organisation__short_match")


def _role_verb(role: MemberRole, label: str) -> OfficeVerb:
    return OfficeVerb(
        label=label,
        icon="user",
        question=lambda row: f"{row.user} — «{row.organisation}»: {role.label}?",
        do=lambda row, actor, form: people.change_role(row, role, actor=actor),
        done=lambda row: f"{row.user}: {role.label}.",
        shown=lambda row: row.ended_at is None and row.role != role,
    )


class MembershipViewSet(VerbViewSet):
    """Who belongs where; the office appoints, changes roles and closes access."""

    model = Membership
    icon = "group"
    menu_label = "Люди организаций"
    menu_name = "memberships"
    add_view_class = EnteringView
    index_view_class = MembershipIndexView
    list_display = [
        "user",
        Column("email", label="Почта", accessor="user.email"),
        "organisation",
        Column("municipality", label="Муниципалитет", accessor="organisation.municipality"),
        "role",
        DateColumn("since", label="С", sort_key="since"),
        DateColumn("ended_at", label="Закончилось", sort_key="ended_at"),
    ]
    filterset_class = MembershipFilterSet
    inspect_view_fields = ["user", "organisation", "role", "since", "confirmed_by", "ended_at", "ended_by"]
    edit_handler = ObjectList(
        [FieldPanel("email"), FieldPanel("organisation"), FieldPanel("role")], base_form_class=MembershipForm
    )
    verbs = {
        "head": _role_verb(MemberRole.HEAD, "Сделать руководителем"),
        "author": _role_verb(MemberRole.AUTHOR, "Сделать автором"),
        "end": OfficeVerb(
            label="Закрыть доступ",
            icon="cross",
            question=lambda row: (
                f"{row.user} больше не увидит «{row.organisation}», сеансы завершатся. Закрыть доступ?"
            ),
            do=lambda row, actor, form: people.end(
                row,
                actor=actor,
                comment=form.cleaned_data["comment"],
                leave_headless=form.cleaned_data["leave_headless"],
            ),
            done=lambda row: f"Доступ закрыт: {row.user}.",
            shown=lambda row: row.ended_at is None,
            form=EndForm,
        ),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Membership.objects.select_related("user", "organisation__municipality")


class CoordinationFilterSet(WagtailFilterSet):
    municipality = django_filters.ModelChoiceFilter(label="Муниципалитет", queryset=_municipalities)
    ended_at = YesNoFilter(label="Снят", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Coordination
        fields = ["municipality", "ended_at"]


class CoordinationViewSet(VerbViewSet):
    """Coordinators of municipalities, substitutes with their last day among them."""

    model = Coordination
    icon = "site"
    menu_label = "Координаторы"
    menu_name = "coordinations"
    add_view_class = EnteringView
    list_display = [
        "user",
        Column("email", label="Почта", accessor="user.email"),
        "municipality",
        DateColumn("since", label="С", sort_key="since"),
        DateColumn("until", label="По", sort_key="until"),
        DateColumn("ended_at", label="Снят", sort_key="ended_at"),
    ]
    filterset_class = CoordinationFilterSet
    inspect_view_fields = ["user", "municipality", "since", "until", "assigned_by", "ended_at"]
    edit_handler = ObjectList(
        [
            FieldPanel("email"),
            FieldPanel("municipality", widget=forms.Select),
            FieldPanel("since"),
            FieldPanel("until"),
        ],
        base_form_class=CoordinationForm,
    )
    verbs = {
        "days": OfficeVerb(
            label="Изменить срок",
            icon="date",
            question=lambda row: f"{row.user}, {row.municipality}: с какого и по какой день?",
            do=lambda row, actor, form: coordination.change_days(row, actor=actor, **form.cleaned_data),
            done=lambda row: f"Срок изменён: {row.user}.",
            shown=lambda row: row.ended_at is None,
            form=DaysForm,
            initial=lambda row: {"since": row.since, "until": row.until},
        ),
        "end": OfficeVerb(
            label="Снять",
            icon="cross",
            question=lambda row: f"{row.user} больше не координирует: {row.municipality}. Снять?",
            do=lambda row, actor, form: coordination.end(row, actor=actor),
            done=lambda row: f"Координатор снят: {row.user}.",
            shown=lambda row: row.ended_at is None,
        ),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Coordination.objects.select_related("user", "municipality")


class PeopleRecordFilterSet(WagtailFilterSet):
    class Meta:
        model = PeopleRecord
        fields = ["action"]


class PeopleRecordViewSet(VerbViewSet):
    """The history of people: who, what, when, from what to what."""

    model = PeopleRecord
    icon = "history"
    menu_label = "История людей"
    menu_name = "people-records"
    filterset_class = PeopleRecordFilterSet
    list_display = [
        Column("title", label="Что", accessor="title"),
        "user",
        "email",
        "organisation",
        "municipality",
        Column("roles", label="Роль", accessor="roles"),
        "comment",
        "actor",
        DateColumn("at", label="Когда", sort_key="at"),
    ]
    inspect_view_fields = [
        "title", "user", "email", "organisation", "municipality", "source", "target", "comment", "actor", "at",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return PeopleRecord.objects.select_related("user", "organisation", "municipality", "actor")


POLICIES = {
    JoinRequest: partial(OfficePolicy, JoinRequest),
    OrganisationRequest: partial(OfficePolicy, OrganisationRequest),
    PeopleRecord: partial(OfficePolicy, PeopleRecord),
    Membership: partial(OfficePolicy, Membership, entered=True),
    Coordination: partial(OfficePolicy, Coordination, entered=True),
}
VIEWSETS = (
    JoinRequestViewSet,
    OrganisationRequestViewSet,
    MembershipViewSet,
    CoordinationViewSet,
    PeopleRecordViewSet,
)


def _list_of(model: Any) -> str:
    return str(model.snippet_viewset.get_url_name("list"))


def requests_for_office(user: Any) -> Task | None:
    """The line of the first screen about requests that nobody but the office decides."""
    if not rules.can_appoint(user):
        return None
    url = f"{reverse(_list_of(JoinRequest))}?office=true"
    return Task("Запросы на участие", JoinRequest.objects.for_moderator().count(), url)


def organisations_to_enter(user: Any) -> Task | None:
    """The line of the first screen about organisations that people miss."""
    if not rules.can_appoint(user):
        return None
    url = f"{reverse(_list_of(OrganisationRequest))}?state={RequestState.PENDING}"
    return Task("Новые организации", OrganisationRequest.objects.pending().count(), url)
