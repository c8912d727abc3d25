"""How editors see a practice: tabs by the steps of the passport, one field for each vocabulary.

All vocabularies are one relation of the page (one query to read and to save), so the form splits it into fields.
"""

from __future__ import annotations

import functools
from typing import Any

from django import forms
from wagtail.admin.compare import M2MFieldComparison
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
from portal.vocabularies import choices
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term

SINGLE = {Vocabulary.MATURITY, Vocabulary.APPROBATION, Vocabulary.LICENCE}
HELP = {
    Vocabulary.KIND: "Один-два вида: больше двух делают фильтр бесполезным.",
    Vocabulary.AREA: "Не больше трёх; для управленческих и методических практик можно не заполнять.",
    Vocabulary.QUALITY_AREA: "С какой областью мониторинга связана практика: область или её показатель.",
    Vocabulary.AGE: "Для каких групп практика проверена.",
    Vocabulary.GROUP_KIND: "Если важно для повторения.",
    Vocabulary.NEED: "Если практика рассчитана на детей с особыми потребностями.",
    Vocabulary.AUDIENCE: "Кто участвует и для кого результат.",
    Vocabulary.DEFICIT: "По затруднению коллеги находят практику.",
}

_CHILDREN = (
    "<p>Снимки, где можно узнать ребёнка, публикуют, только если согласия родителей хранятся в детском саду. "
    "Имена, бейджи, адреса и диагнозы не показывают ни на снимке, ни в подписи.</p>"
)


def field_name(vocabulary: Vocabulary) -> str:
    """Return the name of the form field that holds the terms of a vocabulary."""
    return f"terms_{vocabulary.name.lower()}"


def _choices(vocabulary: Vocabulary) -> list[tuple[str, Any]]:
    """Return (id, title) pairs; what belongs to a value stands after it behind a dash, deficits stand in their groups."""
    found = choices.terms(vocabulary)
    own = {term.slug for term in found}
    if vocabulary != Vocabulary.DEFICIT:
        return [(str(term.id), f"– {term.title}" if term.parent_slug in own else term.title) for term in found]
    groups = {group.slug: group.title for group in choices.terms(Vocabulary.DEFICIT_GROUP)}
    rows: list[tuple[str, Any]] = [
        (title, [(str(term.id), term.title) for term in found if term.parent_slug == slug])
        for slug, title in groups.items()
    ]
    return rows + [(str(term.id), term.title) for term in found if term.parent_slug not in groups]


def _single_choices(vocabulary: Vocabulary) -> list[tuple[str, Any]]:
    return [("", "Не указано"), *_choices(vocabulary)]


class _TermsField(forms.MultipleChoiceField):
    """Several terms of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__(
            label=vocabulary.label,
            required=False,
            choices=functools.partial(_choices, vocabulary),
            widget=forms.CheckboxSelectMultiple,
            help_text=HELP.get(vocabulary, ""),
        )


class _TermField(forms.ChoiceField):
    """At most one term of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__(
            label=vocabulary.label,
            required=False,
            choices=functools.partial(_single_choices, vocabulary),
            help_text=HELP.get(vocabulary, ""),
        )


class PracticePageForm(PortalPageForm):
    """The editor's form of a practice. Limits of length bind submissions, not what an older bank brought."""

    vocabularies: tuple[Vocabulary, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = list(self.instance.terms.all())
        for vocabulary in self.vocabularies:
            name = field_name(vocabulary)
            if name in self.fields:
                ids = [str(term.pk) for term in chosen if term.vocabulary == vocabulary]
                self.initial[name] = (ids[0] if ids else "") if vocabulary in SINGLE else ids
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea):
                field.max_length = None
                field.validators = [check for check in field.validators if getattr(check, "code", "") != "max_length"]
                field.widget.attrs.pop("maxlength", None)

    def save(self, commit: bool = True) -> Any:
        """Join the fields back into the one relation; terms of vocabularies without a field stay."""
        shown = [vocabulary for vocabulary in self.vocabularies if field_name(vocabulary) in self.fields]
        kept = [term.pk for term in self.instance.terms.all() if term.vocabulary not in shown]
        wanted: list[Any] = list(kept)
        for vocabulary in shown:
            value = self.cleaned_data.get(field_name(vocabulary)) or []
            wanted += [value] if isinstance(value, str) else value
        self.instance.terms = list(Term.objects.filter(pk__in=wanted))
        self.instance.forget_chosen()
        return super().save(commit)


def form_class(vocabularies: tuple[Vocabulary, ...]) -> type[PracticePageForm]:
    """Return the form with a field for each of the vocabularies."""
    fields: dict[str, Any] = {
        field_name(vocabulary): _TermField(vocabulary) if vocabulary in SINGLE else _TermsField(vocabulary)
        for vocabulary in vocabularies
    }
    return type("PracticePageFormOfVocabularies", (PracticePageForm,), {**fields, "vocabularies": vocabularies})


class _TermsComparison(M2MFieldComparison):
    """What changed in the terms of one vocabulary between two revisions."""

    def __init__(self, vocabulary: Vocabulary, field: Any, obj_a: Any, obj_b: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(field, obj_a, obj_b)

    def field_label(self) -> str:
        return self.vocabulary.label

    def get_items(self) -> tuple[list[Any], list[Any]]:
        return self._of(self.val_a), self._of(self.val_b)

    def _of(self, terms: Any) -> list[Any]:
        chosen = [term for term in terms if term.vocabulary == self.vocabulary]
        return sorted(chosen, key=lambda term: (term.order, term.title_sort))


class TermsPanel(FieldPanel):
    """The field of one vocabulary; compares revisions by what stands in that vocabulary."""

    def __init__(self, vocabulary: Vocabulary, **kwargs: Any) -> None:
        kwargs.pop("field_name", None)
        super().__init__(field_name(vocabulary), **kwargs)
        self.vocabulary = vocabulary

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "vocabulary": self.vocabulary}

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            field = self.panel.model._meta.get_field("terms")
            return [functools.partial(_TermsComparison, self.panel.vocabulary, field)]


def practice_handler(promote: list[Panel], settings: list[Panel]) -> TabbedInterface:
    """Return the tabs of a practice in the order of the passport."""
    about: list[Panel] = [
        FieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading="Обложка"),
        MultiFieldPanel(
            [
                TermsPanel(vocabulary)
                for vocabulary in (
                    Vocabulary.KIND,
                    Vocabulary.AREA,
                    Vocabulary.AGE,
                    Vocabulary.QUALITY_AREA,
                    Vocabulary.AUDIENCE,
                    Vocabulary.NEED,
                    Vocabulary.GROUP_KIND,
                    Vocabulary.DEFICIT,
                )
            ],
            heading="О чём и для кого: по этим признакам практику находят",
        ),
        FieldPanel("tags", help_text="До пяти тем. Похожая тема уже может быть: начните вводить."),
    ]
    who: list[Panel] = [
        FieldPanel("organisation"),
        FieldPanel("municipality"),
        InlinePanel(
            "authors",
            heading="Авторы",
            label="авторы одной должности",
            help_text="Должности и число авторов. Имя показывается, только пока действует согласие на распространение.",
        ),
        FieldPanel("partners"),
    ]
    content: list[Panel] = [
        HelpPanel(content="<p>Текст простой: абзацы и списки, строки которых начинаются с «- ».</p>"),
        FieldPanel("problem", help_text="Что было не так именно у авторов; данные, а не ссылки на законы."),
        FieldPanel("goal", help_text="Одно предложение: что изменится и у кого."),
        FieldPanel("tasks"),
        FieldPanel("audience_text"),
        FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")], heading="Сроки"),
        FieldPanel("steps", help_text="Три–шесть шагов так, чтобы коллега смог повторить."),
        FieldPanel("technologies", help_text="Если у технологии есть автор, назовите его."),
    ]
    result: list[Panel] = [
        FieldPanel("results_summary"),
        FieldPanel("indicators", help_text="Первый показатель с «до» и «после» встанет в карточку."),
        FieldPanel("negative", help_text="Честная запись помогает коллегам больше, чем успех."),
        FieldPanel("replication", help_text="С чего начать, что обязательно, что можно изменить."),
        MultiFieldPanel(
            [FieldPanel("res_staff"), FieldPanel("res_material"), FieldPanel("res_information")],
            heading="Что понадобится",
        ),
        FieldPanel("risks"),
        FieldPanel("replicated_by"),
        FieldRowPanel(
            [FieldPanel("cost"), FieldPanel("launch_time"), FieldPanel("evidence")], heading="С первого взгляда"
        ),
        FieldRowPanel([TermsPanel(Vocabulary.MATURITY), TermsPanel(Vocabulary.APPROBATION)], heading="Зрелость"),
    ]
    materials: list[Panel] = [
        HelpPanel(content=_CHILDREN),
        FieldPanel("files"),
        FieldPanel("photos"),
        FieldPanel("video_url"),
        TermsPanel(Vocabulary.LICENCE),
    ]
    recognition: list[Panel] = [
        MultiFieldPanel(
            [FieldPanel("level"), FieldRowPanel([FieldPanel("level_on"), FieldPanel("level_until")])],
            heading="Уровень признания",
        ),
        FieldRowPanel(
            [
                FieldPanel("published_on", help_text="Если пусто, портал поставит день первой публикации."),
                FieldPanel("external_id", help_text="Заполняет перенос из прежнего банка."),
            ],
            heading="Место в банке",
        ),
        evidence_panel(),
    ]
    return TabbedInterface(
        [
            ObjectList(about, heading="О практике"),
            ObjectList(who, heading="Организация и авторы"),
            ObjectList(content, heading="Содержание"),
            ObjectList(result, heading="Результат и повторение"),
            ObjectList(materials, heading="Материалы"),
            ObjectList(recognition, heading="Признание"),
            ObjectList(promote, heading="Продвижение"),
            ObjectList(settings, heading="Настройки"),
        ]
    )
