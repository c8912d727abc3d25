"""Steps 5–8 of the passport: files, people, consents, and the check before sending."""

from __future__ import annotations

from portal.intake.enums import FieldType
from portal.intake.forms.choices import CITY_DISTRICTS, MUNICIPALITIES
from portal.intake.forms.spec import OFFICE, Column, Field, Step
from portal.vocabularies.enums import Vocabulary

_WITH_CHILDREN = {"field": "photos_children", "is": True}
_IF_CHILDREN = "если на снимках есть дети"

FILES = Step(
    key="files",
    title="Файлы и фото",
    intro="Приложения делают практику полезной с первого дня. До публикации файлы видят только те, кто читает заявку.",
    minutes=5,
    fields=(
        Field(
            name="attachments",
            label="Приложения",
            help="Картотека, бланк, конспект, презентация. Назовите так, как назвали бы коллеге.",
            type=FieldType.FILES,
            at_most=10,
            criterion="k10",
            elsewhere=True,
        ),
        Field(
            name="video_url",
            label="Ссылка на видео",
            help="Российская площадка: RuTube, VK Видео, Яндекс Диск.",
            type=FieldType.URL,
            at_most=200,
        ),
        Field(
            name="cover",
            label="Обложка",
            help="Снимок среды или материалов без детей и взрослых.",
            type=FieldType.FILES,
            at_most=1,
            elsewhere=True,
        ),
        Field(
            name="cover_alt",
            label="Описание обложки",
            help="Что видно на снимке - для незрячего читателя.",
            type=FieldType.TEXT,
            required_when={"field": "cover", "filled": True},
            when_words="если есть обложка",
            at_least=10,
            at_most=160,
            example="Полка с альбомами наблюдений, на верхнем — нарисованное солнце за облаком.",
            elsewhere=True,
        ),
        Field(
            name="photos",
            label="Снимки",
            help="Как проходит работа, что получилось. Место съёмки портал убирает сам.",
            type=FieldType.FILES,
            at_most=10,
            criterion="k10",
            elsewhere=True,
        ),
        Field(
            name="photos_children",
            label="На снимках есть дети",
            help="Отметьте, если хотя бы на одном снимке или в видео можно узнать ребёнка.",
            type=FieldType.CHECKBOX,
            when_words="отметка не обязательна: без неё считаем, что детей на снимках нет",
        ),
        Field(
            name="photo_consents",
            label="Согласия родителей получены и хранятся в организации",
            help="На каждого ребёнка - письменное согласие законного представителя на публикацию. Модератор вправе запросить "
            "копию.",
            type=FieldType.CHECKBOX,
            required_when=_WITH_CHILDREN,
            when_words=_IF_CHILDREN,
        ),
        Field(
            name="photo_consents_on",
            label="Дата",
            help="Когда согласия проверены.",
            type=FieldType.DATE,
            required_when=_WITH_CHILDREN,
            when_words=_IF_CHILDREN,
            part_of="photo_consents",
        ),
        Field(
            name="photo_consents_post",
            label="Должность ответственного",
            help="Кто в организации хранит согласия. Без имени.",
            type=FieldType.TEXT,
            required_when=_WITH_CHILDREN,
            when_words=_IF_CHILDREN,
            at_most=120,
            visible_to=OFFICE,
            part_of="photo_consents",
        ),
        Field(
            name="photo_ready",
            label="Снимки проверены: нет имён, бейджей, адресов, диагнозов",
            type=FieldType.CHECKBOX,
            required_when=_WITH_CHILDREN,
            when_words=_IF_CHILDREN,
        ),
    ),
)

AUTHORS = Step(
    key="authors",
    title="Авторы",
    intro="Без отдельного согласия автора портал называет только должность и организацию.",
    minutes=4,
    fields=(
        Field(
            name="organisation",
            label="Организация",
            help="Начните вводить название или ИНН. Нет в списке - добавьте.",
            type=FieldType.REFERENCE,
            required=True,
            fixed=True,
        ),
        Field(
            name="municipality",
            label="Муниципальное образование",
            help="Подставляется из карточки организации.",
            type=FieldType.REFERENCE,
            required=True,
            vocabulary=MUNICIPALITIES,
            fixed=True,
        ),
        Field(
            name="city_district",
            label="Район Волгограда",
            help="Только для города Волгограда.",
            type=FieldType.SELECT,
            required_when={"field": "municipality", "is": "volgograd"},
            when_words="для города Волгограда",
            vocabulary=CITY_DISTRICTS,
        ),
        Field(
            name="authors",
            label="Авторы: должности",
            help="Укажите должности и число авторов. Имена публикуются только с отдельного согласия каждого.",
            type=FieldType.ROWS,
            required=True,
            at_least=1,
            at_most=6,
            columns=(
                Column(name="position", label="Должность", type=FieldType.SELECT, vocabulary=Vocabulary.POSITION),
                Column(name="count", label="Сколько авторов", type=FieldType.NUMBER),
                Column(
                    name="name",
                    label="ФИО для публикации",
                    at_least=5,
                    at_most=120,
                    required=False,
                    help="Не заполняйте, если согласие на распространение не подписано.",
                ),
                Column(
                    name="email",
                    label="Электронная почта автора",
                    type=FieldType.EMAIL,
                    at_most=120,
                    required=False,
                    help="По ней автор даст согласие на портале. Не публикуется.",
                ),
            ),
            row_label="автор",
        ),
        Field(
            name="author_names",
            label="Имена авторов для публикации",
            help="Не заполняйте, если согласие на распространение не подписано.",
            type=FieldType.ROWS,
            at_most=6,
            columns=(Column(name="name", label="ФИО", at_least=5, at_most=120),),
            row_label="автор",
            elsewhere=True,
        ),
        Field(
            name="contact_name",
            label="Контактное лицо",
            help="Видно только модератору и экспертам.",
            type=FieldType.TEXT,
            required=True,
            at_least=5,
            at_most=120,
            visible_to=OFFICE,
        ),
        Field(
            name="contact_email",
            label="Электронная почта",
            help="Лучше рабочая. На сайте не публикуется, кнопка «Написать автору» пересылает письмо.",
            type=FieldType.EMAIL,
            required=True,
            at_least=6,
            at_most=120,
            visible_to=OFFICE,
        ),
        Field(
            name="contact_phone",
            label="Телефон",
            help="Виден только модератору.",
            type=FieldType.PHONE,
            at_most=18,
            visible_to=OFFICE,
        ),
    ),
)

CONSENTS = Step(
    key="consents",
    title="Согласия",
    intro="Каждая отметка — отдельно. Документы открываются в новой вкладке, заполненное не пропадёт.",
    minutes=3,
    fields=(
        Field(
            name="rights",
            label="Права",
            help="Мы авторы материалов либо имеем право их разместить; заимствования указаны.",
            type=FieldType.CHECKBOX,
            required=True,
        ),
        Field(
            name="licence",
            label="Условия использования",
            help="По умолчанию: можно использовать в работе с указанием авторов и организации, нельзя продавать.",
            type=FieldType.SELECT,
            required=True,
            vocabulary=Vocabulary.LICENCE,
            prefilled="attribution-noncommercial",
        ),
        Field(
            name="consent_pd",
            label="Согласие на обработку персональных данных",
            help="Текст согласия - отдельный документ.",
            type=FieldType.CHECKBOX,
            required=True,
            visible_to=OFFICE,
            elsewhere=True,
        ),
        Field(
            name="consent_spread",
            label="Согласие на распространение (если указаны имена)",
            help="Отдельное согласие каждого автора.",
            type=FieldType.CONSENTS,
            required_when={"field": "author_names", "filled": True},
            when_words="если указаны имена",
            visible_to=OFFICE,
            elsewhere=True,
        ),
        Field(
            name="comment",
            label="Комментарий модератору",
            help="Не публикуется.",
            type=FieldType.TEXTAREA,
            at_most=1000,
            visible_to=OFFICE,
        ),
    ),
)

CHECK = Step(
    key="check", title="Проверка", intro="Всё на одной странице. Отправить можно, когда список недостающего пуст."
)
