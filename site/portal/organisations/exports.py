"""Columns of organisations in files: what visitors see of them, names of heads only where they are public."""

from __future__ import annotations

from portal.core.exports import Column

COLUMNS = (
    Column("Название", "name"),
    Column("Короткое название", "short_name"),
    Column("Вид", "kind.title", key="kind"),
    Column("Муниципалитет", "municipality.name", key="municipality"),
    Column("Район города", "city_district.short_name", key="city_district"),
    Column("ИНН", "inn"),
    Column("Населённый пункт", "settlement"),
    Column("Адрес", "address"),
    Column("Телефон", "phone"),
    Column("Почта", "email"),
    Column("Сайт", "website", kind="url"),
    Column("Должность руководителя", "head_position"),
    Column("Руководитель", "public_head_name", key="head"),
    Column("Закрыта с", "closed_on", kind="date"),
    Column("Демонстрационное", "is_demo"),
)
