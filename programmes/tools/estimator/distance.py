"""The distance between two places as the programme measures it: one way, in a straight line."""

from math import asin, cos, radians, sin, sqrt

from programmes.tools.estimator.places import Place

# The mean radius of the Earth, in kilometres: IUGG 1980.
EARTH = 6371.0088


def kilometres(start: Place, goal: Place) -> int:
    """Return the length of the great circle between two places, in whole kilometres."""
    latitude, other_latitude = radians(start.latitude), radians(goal.latitude)
    across = radians(goal.longitude - start.longitude)
    along = other_latitude - latitude
    half_chord = sin(along / 2) ** 2 + cos(latitude) * cos(other_latitude) * sin(across / 2) ** 2
    return round(2 * EARTH * asin(min(1.0, sqrt(half_chord))))
