from programmes.models.action import Action
from programmes.models.facets import Audience, Experience, Purpose
from programmes.models.former_name import FormerName
from programmes.models.frame import Period, Source
from programmes.models.measure import Measure
from programmes.models.seeded import Seeded
from programmes.models.term import Term

__all__ = [
    "Action",
    "Audience",
    "Experience",
    "FormerName",
    "Measure",
    "Period",
    "Purpose",
    "Seeded",
    "Source",
    "Term",
]
