"""Screens of administrators: the list of plans, a plan of a new year, the rows of a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from portal.roadmap import desk_forms, rules
from portal.roadmap.domain import arranging
from portal.roadmap.domain.copying import copy_plan
from portal.roadmap.domain.desk import plans_of
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.featuring import feature_plan
from portal.roadmap.domain.periods import shift_years
from portal.roadmap.models import PlanItem, RoadmapPage
from portal.roadmap.views.desk import DeskPage


class ArrangePage(DeskPage):
    """A screen of administrators; for the others it does not exist."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.can_arrange_plans(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class PlansView(ArrangePage):
    """All plans; one of them stands at the address of the section."""

    template_name = "roadmap/admin/plans.html"

    def get_page_subtitle(self) -> str:
        return "Планы"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pk = request.POST.get("plan", "")
        plan = get_object_or_404(RoadmapPage, pk=int(pk) if pk.isdigit() else 0)
        try:
            feature_plan(plan, actor=request.user)
        except RoadmapError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"По адресу /roadmap/ теперь открывается план «{plan.title}».")
        return redirect("roadmap_plans")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plans = plans_of(self.request.user).select_related("owner_user")
        featured = {plan.pk for plan in plans if plan.get_parent().specific.featured_id == plan.pk}
        return super().get_context_data(plans=plans, featured=featured, **kwargs)


class CopyPlanView(ArrangePage):
    """A plan of a new year made from an old one."""

    template_name = "roadmap/admin/copy.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        year_later = {name: shift_years(getattr(self.plan, name), 1) for name in ("title", "slug")}
        self.form = desk_forms.CopyForm(request.POST if request.method == "POST" else None, initial=year_later)

    def get_page_subtitle(self) -> str:
        return "Новый план"

    @cached_property
    def plan(self) -> RoadmapPage:
        return get_object_or_404(RoadmapPage, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.form.is_valid():
            try:
                made = copy_plan(self.plan, actor=request.user, **self.form.cleaned_data)
            except RoadmapError as error:
                self.form.add_error("slug", str(error))
            else:
                messages.success(request, f"План «{made.title}» составлен и опубликован.")
                return redirect(f"{reverse('my_roadmap')}?plan={made.slug}")
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(plan=self.plan, form=self.form, **kwargs)


class EditItemView(ArrangePage):
    """Words, place, responsible parties and account of one item."""

    template_name = "roadmap/admin/edit_item.html"

    def load(self) -> PlanItem:
        """Return the item of the address."""
        return get_object_or_404(PlanItem.objects.select_related("plan"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return "Слова и место пункта"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        item = self.load()
        rows = [{"party": row.party_id, "person": row.person_id} for row in item.responsible.all()] if item.pk else []
        return self.answer(item, desk_forms.WordingForm(instance=item), desk_forms.ResponsibleFormSet(initial=rows))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        item = self.load()
        form = desk_forms.WordingForm(request.POST, instance=self.load())
        parties = desk_forms.ResponsibleFormSet(request.POST)
        if form.is_valid() and parties.is_valid():
            try:
                saved = self.save(item, form.cleaned_data, parties)
            except RoadmapError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "Пункт сохранён.")
                return redirect("my_roadmap_item", saved.pk)
        return self.answer(item, form, parties)

    def save(self, item: PlanItem, cleaned: dict[str, Any], parties: Any) -> PlanItem:
        """Call the verbs in one transaction."""
        actor = self.request.user
        chosen = [row.cleaned_data for row in parties if row.cleaned_data.get("party")]
        return arranging.rewrite_item(
            item, actor=actor, values=cleaned, responsibles=[(row["party"], row["person"]) for row in chosen]
        )

    def answer(self, item: PlanItem, form: forms.BaseForm, parties: Any) -> HttpResponse:
        """Show the forms."""
        context = self.get_context_data(item=item, form=form, parties=parties, media=form.media + parties.media)
        return self.render_to_response(context)


class AddItemView(EditItemView):
    """A new item of a plan."""

    def load(self) -> PlanItem:
        plan = get_object_or_404(RoadmapPage, pk=self.kwargs["pk"])
        return PlanItem(plan=plan, position=plan.items.count() + 1, starts_on=plan.starts_on, ends_on=plan.ends_on)

    def get_page_subtitle(self) -> str:
        return "Новый пункт"


class RemoveItemView(EditItemView):
    """Asks, then deletes an item that nothing hangs on."""

    template_name = "core/admin/confirm.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        item = self.load()
        question = f"Удалить пункт «{item}»? Это возможно, пока у него нет фактов и связанных страниц."
        back = reverse("my_roadmap_item", args=[item.pk])
        context = {"title": "Удалить пункт", "question": question, "button": "Удалить пункт", "back": back}
        return self.render_to_response(self.get_context_data(**context))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        item = self.load()
        try:
            arranging.remove_item(item, actor=request.user)
        except RoadmapError as error:
            messages.error(request, str(error))
            return redirect("my_roadmap_item", item.pk)
        messages.success(request, "Пункт удалён.")
        return redirect(f"{reverse('my_roadmap')}?plan={item.plan.slug}")
