"""The roadmap: plans, their items, evidence and the history of changes."""

from portal.roadmap.models.evidence import EvidenceLink, Fact
from portal.roadmap.models.history import PlanChange
from portal.roadmap.models.pages import RoadmapIndexPage, RoadmapPage
from portal.roadmap.models.parties import Party, PartyPerson
from portal.roadmap.models.plan import ItemResponsible, PlanItem, PlanSection

__all__ = [
    "EvidenceLink",
    "Fact",
    "ItemResponsible",
    "Party",
    "PartyPerson",
    "PlanChange",
    "PlanItem",
    "PlanSection",
    "RoadmapIndexPage",
    "RoadmapPage",
]
