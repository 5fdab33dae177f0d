from programmes.models.action import Action
from programmes.models.budget_example import BudgetExample
from programmes.models.call import Call, CallType, Deadline, DeadlineChange
from programmes.models.country import Country
from programmes.models.facets import Audience, Experience, Purpose
from programmes.models.former_name import FormerName
from programmes.models.frame import Period, Source
from programmes.models.measure import Measure
from programmes.models.packet_point import PacketPoint
from programmes.models.plan import PlanStep, SchoolArea, SchoolHoliday
from programmes.models.rates import CountryGroup, DistanceBand, ExchangeRate, Rate, RateSet
from programmes.models.rule import EligibilityRoute, EligibilityRule
from programmes.models.seeded import Seeded
from programmes.models.term import Term

__all__ = [
    "Action",
    "Audience",
    "BudgetExample",
    "Call",
    "CallType",
    "Country",
    "CountryGroup",
    "Deadline",
    "DeadlineChange",
    "DistanceBand",
    "EligibilityRoute",
    "EligibilityRule",
    "ExchangeRate",
    "Experience",
    "FormerName",
    "Measure",
    "PacketPoint",
    "Period",
    "PlanStep",
    "Purpose",
    "Rate",
    "RateSet",
    "SchoolArea",
    "SchoolHoliday",
    "Seeded",
    "Source",
    "Term",
]
