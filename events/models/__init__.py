from events.models.cycle import EventCyclePage
from events.models.event import EventPage, EventPractice, TaggedEvent
from events.models.index import EventIndexPage
from events.models.plan import EventPlanPage, EventPlanRow, PlanDeliveryRow

__all__ = [
    "EventCyclePage",
    "EventIndexPage",
    "EventPage",
    "EventPlanPage",
    "EventPlanRow",
    "EventPractice",
    "PlanDeliveryRow",
    "TaggedEvent",
]
