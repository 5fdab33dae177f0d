"""What is wrong with a table of distance bands, in words."""

from django.utils.translation import gettext_lazy as _

from programmes.tools.rates.checks import ENDLESS, FALLING, GAP, OVERLAP, Fault

_FAULTS = {
    GAP: _(
        "Between the bands from %(band)s km and from %(following)s km some kilometres are missing."
    ),
    OVERLAP: _("The bands from %(band)s km and from %(following)s km overlap."),
    FALLING: _(
        "The band from %(following)s km gives less than the one before it, from %(band)s km."
    ),
    ENDLESS: _("The band from %(band)s km has no end, but one from %(following)s km follows."),
}


def sentence(fault: Fault) -> str:
    return str(_FAULTS[fault.kind]) % {"band": fault.band, "following": fault.following}
