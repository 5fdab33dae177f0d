from programmes.models.action import Action
from programmes.models.call import Call, CallType, Deadline, DeadlineChange
from programmes.models.facets import Audience, Experience, Purpose
from programmes.models.former_name import FormerName
from programmes.models.frame import Period, Source
from programmes.models.measure import Measure
from programmes.models.plan import PlanStep, SchoolArea, SchoolHoliday
from programmes.models.seeded import Seeded

__all__ = [
    "Action",
    "Audience",
    "Call",
    "CallType",
    "Deadline",
    "DeadlineChange",
    "Experience",
    "FormerName",
    "Measure",
    "Period",
    "PlanStep",
    "Purpose",
    "SchoolArea",
    "SchoolHoliday",
    "Seeded",
    "Source",
]
