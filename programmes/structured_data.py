"""Actions and measures in the terms of schema.org.

Both are a GovernmentService: public money that a public body hands out by rules, to whom it is meant
for, in a place. Service has a property for each of these. MonetaryGrant has none of them and is one sum
given to one receiver; EducationalOccupationalProgram is a course of study that leads to a certificate.
Both, and FinancialIncentive, are also "pending": their meaning may still change.
"""

from django.utils.translation import gettext as _

from pages.discovery.structured_data import Node, node
from programmes.models import Action, Measure, Period


def action_service(action: Action) -> Node:
    """An action. It lasts from period to period, and whom it is for differs between its measures."""
    return _service(
        name=action.heading,
        description=action.summary,
        provider=_provider(action.is_centralised, is_past=False),
    )


def measure_service(measure: Measure) -> Node:
    """A measure, on offer in its period: of a past one machines learn that it is over."""
    return _service(
        name=measure.title,
        description=measure.summary,
        provider=None if _is_exception(measure) else _provider_of(measure),
        audience=[
            node("Audience", audienceType=audience.title)
            for audience in measure.for_whom
            if audience.title
        ],
        offers=_offer(measure.period),
    )


def _service(**properties) -> Node:
    # Those who read here apply from Norway, whoever else the measure is open to.
    norway = node("Country", name=_("Norway"))
    return node("GovernmentService", serviceType="Erasmus+", areaServed=norway, **properties)


def _offer(period: Period) -> Node:
    return node(
        "Offer",
        availabilityStarts=f"{period.first_year}-01-01",
        availabilityEnds=f"{period.last_year}-12-31",
    )


def _provider_of(measure: Measure) -> Node:
    return _provider(measure.action.is_centralised, measure.period.is_past)


def _is_exception(measure: Measure) -> bool:
    """Whether the page says that another manages this measure than manages its action's others.

    Who does is not told then: better nothing than what the page contradicts.
    """
    if not measure.managed_by:
        return False
    commission = _provider(is_centralised=True, is_past=False)["name"].casefold()
    return (commission in measure.managed_by.casefold()) != measure.action.is_centralised


def _provider(is_centralised: bool, is_past: bool) -> Node:
    """Who grants the money. HK-dir only today: before it the National Agency was SIU, then Diku."""
    if is_centralised:
        name, url = _("The European Commission"), "https://commission.europa.eu"
    elif is_past:
        name, url = _("The National Agency for Erasmus+ in Norway"), ""
    else:
        name = _("Norwegian Directorate for Higher Education and Skills (HK-dir)")
        url = "https://hkdir.no"
    return node("GovernmentOrganization", name=name, url=url)
