"""How editors see a contest: tabs in the order in which a contest is prepared, checks across its rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from portal.core.page_forms import PortalPageForm
from portal.roadmap.panels import evidence_panel

_ENTRY = (
    "<p>Заявки через портал появятся позже. Пока напишите, что сделать участнику сегодня: взять форму из документов, "
    "отправить на почту или заполнить на сайте приёма.</p>"
)
_STAGES = (
    "<p>Этапы могут идти одновременно. Состояние конкурса, отметка «идёт» и «осталось дней» считаются по ним. "
    "Время — по часам портала.</p>"
)
_RESULTS = (
    "<p>Результаты увидят, когда стоит отметка и наступил день. До этого их нет ни на странице, ни в архиве, ни в "
    "выгрузках, и файл протокола закрыт. Имя показывается, только пока действует согласие на распространение.</p>"
)


class ContestPageForm(PortalPageForm):
    """Checks what one row cannot see: codes that repeat, results of unknown nominations, an intake after the end."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        nominations, stages = self._rows("nominations"), self._rows("stages")
        self._refuse_repeated("nominations", nominations, "Номинация")
        self._refuse_repeated("stages", stages, "Этап")
        self._refuse_late_intake(stages)
        self._refuse_strange_results({form.instance.slug: form.instance.title for form in nominations})
        return cleaned

    def _rows(self, relation: str) -> list[Any]:
        """Return the forms of kept rows that have no faults of their own."""
        formset = self.formsets.get(relation)
        if formset is None:
            return []
        for form in formset.forms:
            # Codes that were left blank are made of titles only now: two blank ones are no repetition.
            if form.is_valid() and "slug" in form.cleaned_data:
                form.cleaned_data["slug"] = form.instance.slug
        formset.is_valid()
        kept = [form for form in formset.forms if form not in formset.deleted_forms]
        return [form for form in kept if form.has_changed() or form.instance.pk]

    def _refuse_repeated(self, relation: str, rows: Iterable[Any], what: str) -> None:
        titles: dict[str, str] = {}
        for form in rows:
            if form.instance.slug in titles:
                words = f"{what} «{form.instance.title}» стоит дважды: дайте им разные коды."
                formset = self.formsets[relation]
                formset._non_form_errors = formset.error_class([words])  # instead of «измените значение в поле page»
                self.add_error(None, words)
            titles[form.instance.slug] = form.instance.title

    def _refuse_late_intake(self, stages: list[Any]) -> None:
        ends = [form.instance.ends_at for form in stages if not form.instance.is_intake and form.instance.ends_at]
        for form in stages:
            stage = form.instance
            if stage.is_intake and ends and stage.ends_at and stage.ends_at > max(ends):
                self._tell(form, "ends_at", "Приём заканчивается позже последнего этапа: проверьте даты.")

    def _refuse_strange_results(self, known: dict[str, str]) -> None:
        for form in self._rows("results"):
            code = form.instance.nomination
            if code and code not in known:
                names = "; ".join(f"{slug} — {title}" for slug, title in known.items()) or "номинаций пока нет"
                self._tell(form, "nomination", f"Такой номинации в этом конкурсе нет. Есть: {names}.")

    def _tell(self, form: forms.ModelForm, field: str, words: str) -> None:
        form.add_error(field if field in form.fields else None, words)
        self.add_error(None, words)


def contest_handler(promote: list[Panel], settings: list[Panel]) -> TabbedInterface:
    """Return the tabs of a contest."""
    about: list[Panel] = [
        FieldPanel("title", help_text="Как на странице: «Воспитатель года — 2027»."),
        FieldRowPanel([FieldPanel("series"), FieldPanel("year")], heading="Какой конкурс и за какой год"),
        FieldPanel("full_title"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading="Обложка"),
        FieldPanel("purpose"),
        MultiFieldPanel([FieldPanel("founder"), FieldPanel("organisers")], heading="Кто проводит"),
        FieldPanel("tags"),
        evidence_panel(),
        MultiFieldPanel([FieldPanel("is_cancelled"), FieldPanel("cancel_reason")], heading="Отмена"),
    ]
    taking_part: list[Panel] = [
        HelpPanel(content=_ENTRY),
        FieldPanel("how_to_enter"),
        FieldPanel("entry_url"),
        FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")], heading="Контакты"),
        MultiFieldPanel([FieldPanel("who"), FieldPanel("conditions"), FieldPanel("quota")], heading="Участники"),
        InlinePanel("nominations", heading="Номинации", label="номинация"),
        FieldPanel("files", help_text="Положение поставьте первым: ссылка на него стоит вверху страницы."),
        FieldPanel("requirements"),
    ]
    course: list[Panel] = [
        HelpPanel(content=_STAGES),
        InlinePanel("stages", heading="Этапы", label="этап"),
        FieldPanel("criteria", help_text="Суммы портал считает сам."),
        FieldPanel("jury"),
        FieldPanel("awards"),
        MultiFieldPanel([FieldPanel("next_stage"), FieldPanel("next_stage_url")], heading="Всероссийский этап"),
        FieldPanel("body"),
    ]
    results: list[Panel] = [
        HelpPanel(content=_RESULTS),
        FieldRowPanel([FieldPanel("results_are_public"), FieldPanel("results_on")], heading="Когда показать"),
        FieldPanel("results_text"),
        InlinePanel("results", heading="Результаты", label="результат"),
    ]
    return TabbedInterface(
        [
            ObjectList(about, heading="О конкурсе"),
            ObjectList(taking_part, heading="Участие"),
            ObjectList(course, heading="Этапы и критерии"),
            ObjectList(results, heading="Результаты"),
            ObjectList(promote, heading="Продвижение"),
            ObjectList(settings, heading="Настройки"),
        ]
    )
