"""Steps 3–4 of the passport: the measured result and what a colleague needs to repeat it."""

from __future__ import annotations

from portal.intake.enums import FieldType
from portal.intake.forms.spec import Column, Field, Step
from portal.vocabularies.enums import Vocabulary

RESULTS = Step(
    key="results",
    title="Результаты",
    intro="Результат убеждает числом: что было, что стало, чем измеряли. Замысел и апробация тоже ценны — скажите об этом.",
    minutes=7,
    fields=(
        Field(
            name="results_summary",
            label="Главный результат",
            help="Два-три предложения, без общих слов.",
            type=FieldType.TEXTAREA,
            required=True,
            at_least=60,
            at_most=600,
            criterion="k5",
            example="За учебный год число детских вопросов «почему» на прогулке выросло с 18 до 71 в неделю. Дневник "
            "ведут без напоминаний 39 детей из 46.",
        ),
        Field(
            name="indicators",
            label="Показатели до и после",
            help="Хотя бы два показателя: что измеряли, единица, до, после, чем и у скольких.",
            type=FieldType.ROWS,
            required=True,
            at_least=2,
            at_most=6,
            columns=(
                Column(name="name", label="Что измеряли", at_most=160),
                Column(name="unit", label="Единица", at_most=40, required=False),
                Column(name="before", label="До", type=FieldType.NUMBER, required=False),
                Column(name="after", label="После", type=FieldType.NUMBER, required=False),
                Column(name="method", label="Чем и у скольких", at_least=4, at_most=120),
            ),
            row_label="показатель",
            criterion="k5",
            example="Вопросы детей о причинах на прогулке, за неделю — до 18, после 71; запись двух воспитателей, 46 детей.",
        ),
        Field(
            name="negative",
            label="Что не получилось",
            help="Честная запись помогает коллегам больше, чем успех.",
            type=FieldType.TEXTAREA,
            at_most=600,
            criterion="k5",
            example="Домашние дневники вели только две трети семей: просили слишком много. Со второго года — одна строка "
            "в неделю.",
        ),
        Field(
            name="maturity",
            label="Степень зрелости",
            help="Честно: апробация - тоже ценно.",
            type=FieldType.SELECT,
            required=True,
            vocabulary=Vocabulary.MATURITY,
            criterion="k6",
        ),
        Field(
            name="approbation_level",
            label="Где представлена",
            help="Самый высокий уровень, подтверждённый документом.",
            type=FieldType.SELECT,
            required=True,
            vocabulary=Vocabulary.APPROBATION,
        ),
    ),
)

REPLICATION = Step(
    key="replication",
    title="Как повторить",
    intro="Первое, что спросит заведующий: сколько стоит, кто нужен, с чего начать и что может пойти не так.",
    minutes=6,
    fields=(
        Field(
            name="res_staff",
            label="Кадры",
            help="Кто нужен и сколько времени в неделю.",
            type=FieldType.TEXTAREA,
            required=True,
            at_least=20,
            at_most=400,
            criterion="k7",
            example="Воспитатель — 15 минут в день, старший воспитатель — час в неделю на первых порах.",
        ),
        Field(
            name="res_material",
            label="Материалы и примерная стоимость",
            help="Назовите сумму, даже приблизительную.",
            type=FieldType.TEXTAREA,
            required=True,
            at_least=20,
            at_most=400,
            criterion="k7",
            example="Уличный термометр, флюгер из крышек, альбом формата А3: около 1 200 рублей на группу.",
        ),
        Field(
            name="res_information",
            label="Методические материалы",
            help="Что используете.",
            type=FieldType.TEXTAREA,
            at_most=400,
            criterion="k10",
            example="Карточки знаков погоды и памятка для семей — в приложениях.",
        ),
        Field(
            name="partners",
            label="Партнёры",
            help="Организации, которые участвовали.",
            type=FieldType.TEXT,
            at_most=300,
            criterion="k9",
            example="Районная библиотека, школьный метеоцентр.",
        ),
        Field(
            name="risks",
            label="Риски и что с ними делать",
            help="Риск и ваша мера.",
            type=FieldType.ROWS,
            required=True,
            at_least=1,
            at_most=5,
            columns=(
                Column(name="risk", label="Риск", at_least=5, at_most=250),
                Column(name="mitigation", label="Ваша мера", at_least=5, at_most=250),
            ),
            row_label="риск",
            criterion="k7",
            example="Дежурным скучно зимой, когда погода не меняется — добавляем замер снега и следы на площадке.",
        ),
        Field(
            name="replication",
            label="Как повторить",
            help="С чего начать, что обязательно, что можно изменить, сколько времени займёт запуск.",
            type=FieldType.TEXTAREA,
            required=True,
            at_least=100,
            at_most=1200,
            criterion="k7",
            example="Начните с одной группы и трёх знаков: солнце, облако, осадки. Обязательно одно: взрослый не "
            "исправляет прогноз. Знаки, место и время можно менять. Первая неделя уходит на подготовку, через месяц "
            "дети ведут запись сами.",
        ),
        Field(
            name="replicated_by",
            label="Кто уже повторил",
            help="Организации и ссылка или письмо-подтверждение.",
            type=FieldType.ROWS,
            required_when={"field": "maturity", "is": "tirazhirovana"},
            when_words="если практика тиражирована",
            at_most=10,
            columns=(
                Column(name="organisation", label="Организация", at_most=200),
                Column(name="note", label="Ссылка или письмо-подтверждение", at_most=250, required=False),
            ),
            row_label="организация",
            criterion="k6",
        ),
    ),
)
