"""The screen of МОУО: organisations and people of the own municipality, and what waits there for a decision."""

from __future__ import annotations

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.accounts.rules import is_moderator
from portal.core.listing import page_links
from portal.core.matching import matching
from portal.organisations import rules
from portal.organisations.models import JoinRequest, Membership, Municipality, Organisation
from portal.organisations.people_forms import FindForm
from portal.organisations.views.common import SECTION, private

PER_PAGE = 30


@private
@require_safe
def municipality_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the organisations of a municipality with their people; found by a name, an ИНН or a person's name."""
    municipality = get_object_or_404(Municipality, slug=slug, parent=None)
    if not rules.coordinates(request.user, municipality.pk) and not is_moderator(request.user):
        raise Http404
    form = FindForm(request.GET)
    form.is_valid()
    query = form.cleaned_data["q"]
    rows = _rows(municipality, query)
    links = page_links(
        request.path,
        [("q", query)] if query else [],
        number=form.cleaned_data["page"],
        total=rows.count(),
        per_page=PER_PAGE,
    )
    asked = JoinRequest.objects.pending().filter(organisation__municipality=municipality)
    context = {
        "cabinet_section": SECTION,
        "municipality": municipality,
        "query": query,
        "rows": _with_counts(rows)[links.start : links.stop],
        "links": links,
        "requests": asked.exclude(user_id=str(request.user.pk)).select_related("user", "organisation"),
    }
    return render(request, "organisations/cabinet/municipality.html", context)


def _rows(municipality: Municipality, query: str) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(municipality=municipality).order_by("name_sort", "pk")
    if not query:
        return rows
    people = Membership.objects.active().filter(organisation=OuterRef("pk"))
    by_person = Exists(people.filter(matching(query, "user__name_key")))
    return rows.filter(matching(query, "name_match", "short_match", "inn") | Q(by_person))


def _with_counts(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    def number(found: QuerySet) -> Coalesce:
        counted = found.filter(organisation=OuterRef("pk")).order_by().values("organisation").annotate(n=Count("pk"))
        return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)

    people = Membership.objects.active()
    return rows.annotate(
        people_count=number(people),
        heads_count=number(people.heads()),
        requests_count=number(JoinRequest.objects.pending()),
    )
