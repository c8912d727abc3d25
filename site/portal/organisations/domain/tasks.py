"""Work of the worker on uploaded tables: a table of thousands of rows takes longer than a request may."""

from __future__ import annotations

import io

from django.utils import timezone
from django_tasks import task

from portal.core.sheets import SheetError
from portal.organisations.domain.importing import import_organisations
from portal.organisations.models import ImportStatus, OrganisationImport


@task()
def check_table(pk: int) -> None:
    """Read an uploaded table and keep what it would do."""
    _run(pk, commit=False)


@task()
def write_table(pk: int) -> None:
    """Load a checked table, all of it or nothing; its bytes and the changed values are not kept afterwards."""
    _run(pk, commit=True)


def _run(pk: int, *, commit: bool) -> None:
    job = OrganisationImport.objects.filter(pk=pk).first()
    expected = ImportStatus.WRITING if commit else ImportStatus.CHECKING
    if job is None or job.status != expected:
        return

    def progress(count: int) -> None:
        if not commit:  # while rows are written, this row could not be seen from outside anyway
            OrganisationImport.objects.filter(pk=pk).update(rows_read=count, touched_at=timezone.now())

    try:
        report = import_organisations(io.BytesIO(job.content), commit=commit, actor=job.uploaded_by, progress=progress)
    except SheetError as error:
        _finish(job, ImportStatus.REFUSED, {"error": str(error)}, keep=False)
        return
    result = report.as_json()
    if commit and (report.written or not report.refused):
        names = [[row["row"], row["name"]] for row in result["changed"]]
        result["changed"] = [{"row": row, "name": name, "fields": []} for row, name in names]
        _finish(job, ImportStatus.DONE, result, keep=False)
    else:
        _finish(job, ImportStatus.CHECKED, result, keep=True)


def _finish(job: OrganisationImport, status: str, report: dict, *, keep: bool) -> None:
    job.status, job.report, job.rows_read = status, report, report.get("rows", 0)
    if not keep:
        job.content = b""
    job.save()
