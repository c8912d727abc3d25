"""«Моя дорожная карта»: the screens of those who answer for plans and items."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.core.listing import plural
from portal.roadmap import desk_forms, rules
from portal.roadmap.domain import changes, updates
from portal.roadmap.domain.attention import counted_days, due_lines
from portal.roadmap.domain.chronicle import chronicle
from portal.roadmap.domain.desk import current_plan, desk, items_of, plans_of, proposals
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.facts import decide_together
from portal.roadmap.domain.periods import quarter_of
from portal.roadmap.domain.progress import item_progress
from portal.roadmap.enums import FactState
from portal.roadmap.models import Fact, PlanItem


class DeskPage(WagtailAdminTemplateMixin, TemplateView):
    """Common furniture of the screens; for who runs nothing they do not exist."""

    page_title = "Моя дорожная карта"
    header_icon = "calendar-check"

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.runs_something(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        own = [{"url": "", "label": self.get_page_subtitle()}] if self.get_page_subtitle() else []
        return [*self.breadcrumbs_items, {"url": reverse("my_roadmap"), "label": self.page_title}, *own]


class MyRoadmapView(DeskPage):
    """The plan by sections, what calls for attention, and what waits for a decision."""

    template_name = "roadmap/admin/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        plans = list(plans_of(user))
        slug = self.request.GET.get("plan", "")
        plan = current_plan(plans, slug)
        if slug and plan is None:
            raise Http404
        context = super().get_context_data(plans=plans, plan=plan, is_admin=rules.can_arrange_plans(user), **kwargs)
        if plan is not None:
            today = timezone.localdate()
            waiting = list(proposals(user, plan))
            context.update(
                desk=desk(plan, user),
                runs_plan=rules.can_run_plan(user, plan),
                period=quarter_of(today, within=(plan.starts_on, plan.ends_on)),
                ready=[fact for fact in waiting if fact.on <= today],
                announced=[fact for fact in waiting if fact.on > today],
            )
        return context


def _count(number: int, one: str, few: str, many: str) -> str:
    return f"{number} {plural(number, one, few, many)}"


class ChosenPage(DeskPage):
    """A decision over several rows: asks once more, naming their number, then does it with all or with none."""

    template_name = "roadmap/admin/chosen.html"
    parameter: str

    def chosen(self) -> list[Any]:
        """Return the rows that were ticked; one that is not the person's own is 404."""
        ids = {int(pk) for pk in self.request.POST.getlist(self.parameter) if pk.isdigit()}
        found = list(self.rows().filter(pk__in=ids))
        if len(found) != len(ids):
            raise Http404
        return found

    def rows(self) -> QuerySet:
        raise NotImplementedError

    def back(self) -> str:
        plan = self.request.POST.get("plan", "")
        return reverse("my_roadmap") + (f"?plan={plan}" if plan.replace("-", "").isalnum() else "")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("my_roadmap")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = self.chosen()
        if not chosen:
            messages.warning(request, "Ничего не отмечено.")
            return redirect(self.back())
        is_sure = "sure" in request.POST
        form = self.make_form(request.POST if is_sure else None)
        if is_sure and (form is None or form.is_valid()):
            try:
                done = self.do(chosen, form.cleaned_data if form else {})
            except RoadmapError as error:
                messages.error(request, str(error))
                if form is None:
                    return redirect(self.back())
            else:
                messages.success(request, done)
                return redirect(self.back())
        return self.render_to_response(self.get_context_data(chosen=chosen, form=form, **self.words(chosen)))

    def make_form(self, data: Any) -> forms.Form | None:
        raise NotImplementedError

    def words(self, chosen: list[Any]) -> dict[str, str]:
        raise NotImplementedError

    def do(self, chosen: list[Any], cleaned: dict[str, Any]) -> str:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(parameter=self.parameter, back=self.back(), kept=self.kept(), **kwargs)

    def kept(self) -> list[tuple[str, str]]:
        """Hidden fields that lead through the question."""
        return [(name, self.request.POST.get(name, "")) for name in ("plan", "action")]


class DecideView(ChosenPage):
    """Counts facts or leaves them out."""

    parameter = "fact"

    def rows(self) -> QuerySet:
        own = items_of(self.request.user).values("pk")
        return Fact.objects.filter(item__in=own).select_related("item").order_by("on", "pk")

    def is_refusal(self) -> bool:
        return self.request.POST.get("action") == "refuse"

    def make_form(self, data: Any) -> forms.Form | None:
        return desk_forms.RefusalForm(data) if self.is_refusal() else None

    def words(self, chosen: list[Any]) -> dict[str, str]:
        count = _count(len(chosen), "факт", "факта", "фактов")
        if self.is_refusal():
            return {"question": f"Не засчитывать {count}?", "button": f"Не засчитывать {count}"}
        return {"question": f"Засчитать {count}?", "button": f"Засчитать {count}"}

    def do(self, chosen: list[Any], cleaned: dict[str, Any]) -> str:
        state = FactState.REFUSED if self.is_refusal() else FactState.CONFIRMED
        done = decide_together(chosen, state, actor=self.request.user, note=cleaned.get("note", ""))
        count = _count(done, "факт", "факта", "фактов")
        return f"Не засчитано: {count}." if self.is_refusal() else f"Засчитано: {count}."


class BulkView(ChosenPage):
    """Moves the terms or sets the status of several items."""

    parameter = "item"

    def rows(self) -> QuerySet:
        return items_of(self.request.user).order_by("plan", "position")

    def is_status(self) -> bool:
        return self.request.POST.get("action") == "status"

    def make_form(self, data: Any) -> forms.Form:
        return desk_forms.StatusForm(data) if self.is_status() else desk_forms.ShiftForm(data)

    def words(self, chosen: list[Any]) -> dict[str, str]:
        count = _count(len(chosen), "пункт", "пункта", "пунктов")
        owned = _count(len(chosen), "пункта", "пунктов", "пунктов")
        if self.is_status():
            return {"question": f"Изменить статус {owned}", "button": f"Изменить {count}"}
        return {"question": f"Перенести сроки {owned}", "button": f"Перенести {count}"}

    def do(self, chosen: list[Any], cleaned: dict[str, Any]) -> str:
        actor = self.request.user
        if not self.is_status():
            change: Callable[[PlanItem], object] = partial(changes.shift_dates, actor=actor, **cleaned)
        else:
            change = partial(set_status, actor=actor, **cleaned)
        done = changes.change_together(chosen, change)
        return f"Изменено: {_count(done, 'пункт', 'пункта', 'пунктов')}."


def set_status(item: PlanItem, *, actor: Any, status: str, reason: str) -> PlanItem:
    """Set the status chosen in a form; an empty one means «as facts and dates say»."""
    if status:
        return changes.override_status(item, actor=actor, status=status, reason=reason)
    return changes.clear_override(item, actor=actor, reason=reason)


ACTIONS: dict[str, tuple[type[forms.Form], Callable[..., object], str]] = {
    "dates": (desk_forms.DatesForm, changes.move_dates, "Сроки перенесены, «было/стало» видно на странице пункта."),
    "status": (desk_forms.StatusForm, set_status, "Статус изменён."),
    "quantity": (desk_forms.QuantityForm, changes.set_planned, "План изменён."),
    "update": (desk_forms.UpdateForm, updates.add_update, "Обновление добавлено и засчитано."),
}


class ItemView(DeskPage):
    """One item: the words of the document, due lines, facts, history, and what can be done with it."""

    template_name = "roadmap/admin/item.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.bound: dict[str, forms.Form] = {}

    @cached_property
    def item(self) -> PlanItem:
        return get_object_or_404(items_of(self.request.user), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return f"Пункт {self.item.label}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        item, action = self.item, request.POST.get("action", "")
        if action == "withdraw":
            return self._withdraw(item)
        if action not in ACTIONS:
            raise Http404
        form_class, verb, done = ACTIONS[action]
        form = form_class(request.POST, prefix=action)
        if form.is_valid():
            try:
                verb(item, actor=request.user, **form.cleaned_data)
            except RoadmapError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, done)
                return redirect("my_roadmap_item", item.pk)
        self.bound[action] = form
        messages.error(request, "Не сохранено: исправьте отмеченное.")
        return self.render_to_response(self.get_context_data(**kwargs))

    def _withdraw(self, item: PlanItem) -> HttpResponse:
        pk = self.request.POST.get("fact", "")
        fact = get_object_or_404(Fact, pk=int(pk) if pk.isdigit() else 0, item=item)
        try:
            updates.withdraw_update(fact, actor=self.request.user, reason=self.request.POST.get("reason", ""))
        except RoadmapError as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, "Обновление снято.")
        return redirect("my_roadmap_item", item.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item = self.item
        today = timezone.localdate()
        days = counted_days([item], today=today).get(item.pk, [])
        actions = self._forms(item)
        facts = item.facts.select_related("page", "decided_by").order_by("-on", "-pk")
        context = super().get_context_data(
            item=item,
            progress=item_progress(item, today=today),
            lines=due_lines(item, days=days, today=today),
            facts=[{"fact": fact, "by_hand": fact.source_key.startswith(updates.MANUAL)} for fact in facts],
            history=chronicle(item),
            actions=actions,
            today=today,
            is_admin=rules.can_arrange_plans(self.request.user),
            **kwargs,
        )
        context["media"] = sum((form.media for form in actions.values()), forms.Media())
        return context

    def _forms(self, item: PlanItem) -> dict[str, forms.Form]:
        initial: dict[str, dict[str, Any]] = {
            "dates": {"starts_on": item.starts_on, "ends_on": item.ends_on},
            "status": {"status": item.status_override, "reason": item.status_reason},
            "quantity": {"planned": item.planned, "unit": item.unit},
            "update": {"on": timezone.localdate()},
        }
        return {name: self.bound.get(name) or ACTIONS[name][0](initial=initial[name], prefix=name) for name in ACTIONS}
