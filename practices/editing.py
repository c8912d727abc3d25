"""How editors fill a practice in: tabs, groups of fields and the form behind them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from wagtail.admin.compare import M2MFieldComparison
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from portal.core.models import BasePage
from portal.organisations.choices import municipalities
from portal.vocabularies.choices import terms
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.models.page import PracticePage
from practices.models.passport import PASSPORT_VOCABULARIES

_NONE = ("", "— не указано —")
# A practice has one of these; of the other dictionaries as many values as fit.
_SINGLE = {Vocabulary.MATURITY, Vocabulary.APPROBATION, Vocabulary.LICENCE}
_AUTHORS = "Посетители видят должность и число авторов. Имя — только под действующим согласием на распространение."
_CHILDREN = (
    "Снимки, где можно узнать ребёнка, публикуют, только если согласия родителей хранятся в детском саду. "
    "Имена, бейджи, адреса и диагнозы не показывают ни на снимке, ни в подписи."
)
_HELP = {
    Vocabulary.AREA: "По области и возрасту практику находят чаще всего.",
    Vocabulary.QUALITY_AREA: "Отметьте показатели, на которые практика повлияла и это видно.",
    Vocabulary.DEFICIT: "Затруднения педагогов, которые практика помогает снять.",
}


def term_field_name(vocabulary: str) -> str:
    """Return the name of the form's field for one dictionary of the passport."""
    return f"terms_{vocabulary}"


def _choices(vocabulary: str) -> list[tuple[Any, Any]]:
    """Return values for a list of ticks; a value that belongs to another says so, or stands under its group."""
    rows = terms(vocabulary)
    titles = {row.slug: row.title for row in rows}
    groups = (
        {row.slug: row.title for row in terms(Vocabulary.DEFICIT_GROUP)} if vocabulary == Vocabulary.DEFICIT else {}
    )
    if not groups:
        return [
            (row.id, f"{titles[row.parent_slug]}: {row.title}" if row.parent_slug in titles else row.title)
            for row in rows
        ]
    return [
        (title, [(row.id, row.title) for row in rows if row.parent_slug == slug]) for slug, title in groups.items()
    ] + [(row.id, row.title) for row in rows if row.parent_slug not in groups]


def _single_choices(vocabulary: str) -> list[tuple[Any, Any]]:
    return [_NONE, *((row.id, row.title) for row in terms(vocabulary))]


def _field(vocabulary: Vocabulary) -> forms.Field:
    options: dict[str, Any] = {
        "label": vocabulary.label,
        "required": False,
        "help_text": _HELP.get(vocabulary, ""),
    }
    if vocabulary in _SINGLE:
        return forms.TypedChoiceField(
            choices=partial(_single_choices, vocabulary), coerce=int, empty_value=None, **options
        )
    return forms.TypedMultipleChoiceField(
        choices=partial(_choices, vocabulary), coerce=int, widget=forms.CheckboxSelectMultiple, **options
    )


class _PracticeFormBase(WagtailAdminPageForm):
    """Splits the one relation to the dictionaries into a field for each, and puts it together on saving."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for vocabulary in PASSPORT_VOCABULARIES:
            field = self.fields.get(term_field_name(vocabulary))
            if field is None:
                continue
            chosen = [term.pk for term in self.instance.terms.all() if term.vocabulary == vocabulary]
            field.initial = (chosen[0] if chosen else None) if vocabulary in _SINGLE else chosen
        if "municipality" in self.fields:
            self.fields["municipality"].choices = [_NONE, *((row.id, row.name) for row in municipalities())]

    def save(self, commit: bool = True) -> PracticePage:
        """Save the page with the values of all dictionaries; those without a field on the form stay."""
        shown = [name for name in PASSPORT_VOCABULARIES if term_field_name(name) in self.cleaned_data]
        chosen: set[int] = set()
        for vocabulary in shown:
            value = self.cleaned_data[term_field_name(vocabulary)]
            chosen.update(value if isinstance(value, list) else [value] if value else [])
        kept = [term for term in self.instance.terms.all() if term.vocabulary not in shown]
        self.instance.terms = [*kept, *Term.objects.filter(pk__in=chosen)]
        return super().save(commit=commit)


# The fields are named by the list of dictionaries, so that a new one needs no line here.
PracticeForm: type[WagtailAdminPageForm] = type(_PracticeFormBase)(
    "PracticeForm",
    (_PracticeFormBase,),
    {
        "__module__": __name__,
        **{term_field_name(vocabulary): _field(vocabulary) for vocabulary in PASSPORT_VOCABULARIES},
    },
)


class DictionariesPanel(MultiFieldPanel):
    """A field for each dictionary; in a comparison of versions all of them are one line."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            return [partial(M2MFieldComparison, PracticePage._meta.get_field("terms"))]


def _terms(*vocabularies: Vocabulary) -> list[FieldPanel]:
    return [FieldPanel(term_field_name(vocabulary)) for vocabulary in vocabularies]


def edit_handler() -> TabbedInterface:
    """Return the tabs of a practice in the order in which a passport is written."""
    about = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading="Обложка"),
        MultiFieldPanel(
            [FieldPanel("organisation"), FieldPanel("municipality"), FieldPanel("partners")], heading="Чья"
        ),
        InlinePanel("authors", heading="Авторы", label="автор", help_text=_AUTHORS),
        FieldPanel("tags", help_text="До пяти тем. Начните набирать: портал предложит те, что уже есть."),
    ]
    dictionaries = [DictionariesPanel(_terms(*PASSPORT_VOCABULARIES), heading="Справочники")]
    content = [
        FieldPanel(
            "problem", help_text="Что было не так именно у вас: наблюдение, опрос, замер. Без ссылок на законы."
        ),
        FieldPanel("goal", help_text="Одно предложение: что изменится и у кого."),
        FieldPanel("tasks"),
        FieldPanel("audience_text", help_text="Сколько детей, семей, педагогов, какие группы."),
        FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")], heading="Когда"),
        FieldPanel("steps", help_text="Так, чтобы коллега повторил без звонка автору. Перечень начинайте с «- »."),
        FieldPanel("technologies", help_text="Если есть название, укажите и автора."),
    ]
    result = [
        FieldPanel("results_summary", help_text="Два-три предложения, без общих слов."),
        FieldPanel("indicators", help_text="Что измеряли, до, после, чем и у скольких."),
        FieldPanel("negative"),
        MultiFieldPanel(
            [FieldPanel("cost"), FieldPanel("launch_time"), FieldPanel("evidence")],
            heading="Стоимость, время, доказанность",
        ),
        FieldPanel("replication", help_text="С чего начать, что обязательно, что можно изменить."),
        FieldPanel("replicated_by"),
        FieldPanel("risks"),
        MultiFieldPanel(
            [FieldPanel("res_staff"), FieldPanel("res_material"), FieldPanel("res_information")], heading="Ресурсы"
        ),
    ]
    materials = [HelpPanel(_CHILDREN), FieldPanel("files"), FieldPanel("photos"), FieldPanel("video_url")]
    recognition = [
        MultiFieldPanel(
            [FieldPanel("level"), FieldRowPanel([FieldPanel("level_on"), FieldPanel("level_until")])],
            heading="Признание",
            help_text="После дня «действует до» практика сама станет представленной.",
        ),
        MultiFieldPanel(
            [
                FieldPanel("published_on", help_text="Если пусто, портал поставит день первой публикации."),
                FieldPanel("external_id", help_text="Заполняет перенос из прежнего банка; руками не нужен."),
            ],
            heading="В банке",
        ),
    ]
    return TabbedInterface(
        [
            ObjectList(about, heading="О практике"),
            ObjectList(dictionaries, heading="Справочники"),
            ObjectList(content, heading="Содержание"),
            ObjectList(result, heading="Результат и повторение"),
            ObjectList(materials, heading="Материалы"),
            ObjectList(recognition, heading="Признание"),
            ObjectList(BasePage.promote_panels, heading="Продвижение"),
            ObjectList(BasePage.settings_panels, heading="Настройки"),
        ],
        base_form_class=PracticeForm,
    )
