"""Numbers of applications: one after another within a year, given in the transaction of what they number."""

from __future__ import annotations

from portal.intake.models import NumberSeries


def take_number(series: str, year: int) -> str:
    """Return the next number of the series: «ПР-2026-014».

    The row of the series stays locked until the caller's transaction ends, and a transaction that fails gives its
    number back, so there are neither gaps nor doubles. Raises TransactionManagementError outside a transaction.
    """
    NumberSeries.objects.get_or_create(series=series, year=year)
    row = NumberSeries.objects.select_for_update().get(series=series, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{series}-{year}-{row.last:03}"
