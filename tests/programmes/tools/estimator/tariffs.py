"""The rates of the published test cases: the 2024–2026 unit costs, with Sweden's day rates of 2026."""

from decimal import Decimal

from programmes.tools.estimator.amounts import Amount, exactly
from programmes.tools.estimator.tariff import PUPIL, STAFF, Band, Tariff

BANDS = tuple(
    Band(start, end, exactly(standard), exactly(green))
    for start, end, standard, green in (
        (10, 99, 28, 56),
        (100, 499, 211, 285),
        (500, 1999, 309, 417),
        (2000, 2999, 395, 535),
        (3000, 3999, 580, 785),
        (4000, 7999, 1188, 1188),
        (8000, None, 1735, 1735),
    )
)


def tariff(staff=(172, 152, 133), pupil=(85, 74, 64)) -> Tariff:
    days = {(STAFF, str(group)): exactly(euro) for group, euro in enumerate(staff, 1)}
    days |= {(PUPIL, str(group)): exactly(euro) for group, euro in enumerate(pupil, 1)}
    return Tariff(
        year=2026,
        bands=BANDS,
        groups={"DE": "1", "ES": "2", "PL": "3", "NO": "1"},
        per_day=days,
        organisational={
            **dict.fromkeys(("course", "group", "expert"), exactly(100)),
            **dict.fromkeys(("shadowing", "teaching", "pupil-short"), exactly(350)),
            "pupil-long": exactly(500),
        },
        course_fee=exactly(80),
        course_fee_most=Decimal(800),
        inclusion=exactly(125),
        language=exactly(150),
        language_long=exactly(150),
    )


SWEDEN = tariff()
CEILING = tariff(staff=(191, 169, 148))
RANGE = Amount(Decimal(48), Decimal(85))
