"""The passport of a practice as a form: 51 fields and photos in eight steps over the columns of a submission."""

from __future__ import annotations

from portal.intake.forms.spec import FormSpec
from portal.intake.forms.storage import ColumnAnswers
from practices.form_spec.checks import CHECKS
from practices.form_spec.criteria import CRITERIA
from practices.form_spec.describing import ABOUT, SOLUTION
from practices.form_spec.proving import REPLICATION, RESULTS
from practices.form_spec.readings import READINGS
from practices.form_spec.signing import AUTHORS, CHECK, CONSENTS, FILES

PRACTICE_FORM = FormSpec(
    key="practice",
    version=1,
    title="Паспорт практики",
    steps=(ABOUT, SOLUTION, RESULTS, REPLICATION, FILES, AUTHORS, CONSENTS, CHECK),
    store=ColumnAnswers(readings=READINGS),
    checks=CHECKS,
)

__all__ = ["CRITERIA", "PRACTICE_FORM"]
