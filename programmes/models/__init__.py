from programmes.models.action import Action
from programmes.models.facets import Audience, Experience, Purpose
from programmes.models.frame import Period, Source
from programmes.models.measure import Measure
from programmes.models.rule import EligibilityRoute, EligibilityRule
from programmes.models.seeded import Seeded

__all__ = [
    "Action",
    "Audience",
    "EligibilityRoute",
    "EligibilityRule",
    "Experience",
    "Measure",
    "Period",
    "Purpose",
    "Seeded",
    "Source",
]
