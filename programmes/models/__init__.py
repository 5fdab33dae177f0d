from programmes.models.action import Action
from programmes.models.frame import Audience, Period, Source
from programmes.models.measure import Measure
from programmes.models.seeded import Seeded

__all__ = ["Action", "Audience", "Measure", "Period", "Seeded", "Source"]
