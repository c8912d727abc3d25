"""Registry of municipalities and organisations, and the people in them."""

from portal.organisations.models.imports import ImportStatus, OrganisationImport
from portal.organisations.models.joining import Invitation, JoinRequest, OrganisationRequest, PeopleRecord
from portal.organisations.models.people import Coordination, Membership
from portal.organisations.models.registry import Municipality, MunicipalityKind, Organisation

__all__ = [
    "Coordination",
    "ImportStatus",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Municipality",
    "MunicipalityKind",
    "Organisation",
    "OrganisationImport",
    "OrganisationRequest",
    "PeopleRecord",
]
