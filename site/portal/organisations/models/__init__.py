"""Registry of municipalities and organisations."""

from portal.organisations.models.imports import ImportStatus, OrganisationImport
from portal.organisations.models.registry import Municipality, MunicipalityKind, Organisation

__all__ = ["ImportStatus", "Municipality", "MunicipalityKind", "Organisation", "OrganisationImport"]
