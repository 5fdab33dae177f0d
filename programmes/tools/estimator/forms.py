"""What a visitor fills in: a plan of up to six activities, in plain GET parameters."""

from typing import Any, cast

from django import forms
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from programmes.tools.estimator.activities import (
    KINDS,
    LUMP_SUMS,
    PREPARATORY,
    Activity,
    Kind,
    most_travel_days,
)
from programmes.tools.estimator.distance import kilometres
from programmes.tools.estimator.places import (
    Place,
    cities,
    municipalities,
    municipality_named,
)

MOST_ACTIVITIES = 6
FIELDS = (
    *("kind", "people", "days", "to", "accompanying", "travel_days", "green"),
    *("fewer", "language", "km", "country"),
)
# The year of the rates, where it is not the latest.
YEAR = "year"
PLAN_FIELDS = ("from", YEAR, "accredited", "substitute_days", "substitute_cost")
# Everything that an estimate's address may carry.
PARAMETERS = (
    *PLAN_FIELDS,
    *(f"{number}-{name}" for number in range(1, MOST_ACTIVITIES + 1) for name in FIELDS),
)

KIND_NAMES = {
    "course": _("Course or training"),
    "teaching": _("Teaching abroad"),
    "shadowing": _("Job shadowing"),
    "group": _("Group of pupils travelling together"),
    "pupil-short": _("Single pupils, 10–29 days"),
    "pupil-long": _("Single pupils, 30–365 days"),
    "expert": _("Inviting an expert"),
    PREPARATORY: _("Preparatory visit"),
}
_LUMP_NAMES = {
    "KA210": _("Small-scale partnership (KA210)"),
    "KA220": _("Cooperation partnership (KA220)"),
}


class StartForm(forms.Form):
    """Where people travel from: `start` in its cleaned data, None while it is not said."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # «from» is a word of the language, and so no name for an attribute.
        self.fields["from"] = forms.CharField(
            label=_("Your municipality"),
            max_length=80,
            required=False,
            widget=forms.TextInput(attrs={"list": "municipalities", "autocomplete": "off"}),
        )

    def clean(self):
        cleaned = super().clean()
        words = cleaned.get("from", "")
        start = municipality_named(words) if words else None
        if words and start is None:
            self.add_error(
                "from",
                gettext("No municipality has that name. Write it as it is called today."),
            )
        return {**cleaned, "start": start}


class PlanForm(StartForm):
    """What holds for the whole plan."""

    accredited = forms.BooleanField(label=_("We are accredited (KA121)"), required=False)
    substitute_days = forms.IntegerField(
        label=_("Days that need a substitute, in all"), min_value=0, max_value=5000, required=False
    )
    substitute_cost = forms.IntegerField(
        label=_("What such a day costs you, in kroner"),
        min_value=0,
        max_value=50_000,
        required=False,
    )


class ActivityForm(forms.Form):
    """One activity. `start` is where people travel from, `groups` the countries that have a rate group."""

    kind = forms.ChoiceField(label=_("What do you want to do?"))
    people = forms.IntegerField(
        label=_("How many take part?"), min_value=1, max_value=500, required=False
    )
    days = forms.IntegerField(
        label=_("How many days, without the journey?"), min_value=1, max_value=365, required=False
    )
    to = forms.CharField(
        label=_("To which city?"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "cities", "autocomplete": "off"}),
    )
    accompanying = forms.IntegerField(
        label=_("Accompanying persons"), min_value=0, max_value=200, required=False
    )
    travel_days = forms.IntegerField(
        label=_("Days of travel"), min_value=0, max_value=6, required=False
    )
    green = forms.BooleanField(
        label=_("Most of the way by train, bus, bicycle or shared car"), required=False
    )
    fewer = forms.IntegerField(
        label=_("Participants with fewer opportunities"),
        min_value=0,
        max_value=500,
        required=False,
    )
    language = forms.IntegerField(
        label=_("Participants who need a language course that is not online"),
        min_value=0,
        max_value=500,
        required=False,
    )
    km = forms.IntegerField(
        label=_("The distance in kilometres, one way"),
        min_value=0,
        max_value=20_000,
        required=False,
    )
    country = forms.ChoiceField(label=_("The country"), required=False)

    # Shown at once; the rest is folded.
    MAIN = ("kind", "people", "days", "to")

    def __init__(self, *args, start: Place | None, countries: dict[str, str], lump_sums, **kwargs):
        super().__init__(*args, **kwargs)
        self.start = start
        self.countries = countries
        groups = _kinds(lump_sums)
        self.kinds = {code: name for _group, rows in groups for code, name in rows}
        self._offer("kind", [("", pgettext("option", "Choose")), *groups])
        self._offer("country", [("", "–"), *countries.items()])

    def _offer(self, name: str, choices: list[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def kind_name(self) -> str:
        """The kind that is chosen, in words."""
        return str(self.kinds.get(self["kind"].value(), ""))

    @property
    def main_fields(self):
        return [self[name] for name in self.MAIN]

    @property
    def more_fields(self):
        return [self[name] for name in self.fields if name not in self.MAIN]

    @property
    def more_is_used(self) -> bool:
        return any(
            self.data.get(self.add_prefix(name)) or name in self.errors
            for name in self.fields
            if name not in self.MAIN
        )

    def clean(self):
        cleaned = super().clean()
        kind = KINDS.get(cleaned.get("kind", ""))
        if kind and not self.errors:
            cleaned["activity"] = self._activity(kind, cleaned)
        elif cleaned.get("kind") == PREPARATORY and not cleaned.get("people"):
            self.add_error("people", gettext("Write how many."))
        return cleaned

    def _activity(self, kind: Kind, cleaned: dict[str, Any]) -> Activity | None:
        for name in ("people", "days"):
            if cleaned.get(name) is None:
                self.add_error(name, gettext("Write how many."))
        way = self._way(kind, cleaned)
        if self.errors or way is None:
            return None
        travel_days = cleaned.get("travel_days")
        activity = Activity(
            kind=kind,
            people=cleaned["people"],
            days=cleaned["days"],
            country=way[0],
            kilometres=way[1],
            travel_days=2 if travel_days is None else travel_days,
            accompanying=cleaned.get("accompanying") or 0,
            is_green=cleaned["green"],
            fewer_opportunities=cleaned.get("fewer") or 0,
            language=cleaned.get("language") or 0,
        )
        for name in activity.problems:
            self.add_error(name, _problem(name, activity))
        return None if activity.problems else activity

    def _way(self, kind: Kind, cleaned: dict[str, Any]) -> tuple[str, int] | None:
        """Return the host's country and the kilometres, or None where an error now tells what is missing."""
        city = _city_named(cleaned.get("to", ""))
        if cleaned.get("to") and city is None and cleaned.get("km") is None:
            message = gettext(
                "We do not know that city. Choose one near by, or write the distance yourself."
            )
            self.add_error("to", message)
            return None
        country = (
            "NO" if kind.incoming else cleaned.get("country") or (city.country if city else "")
        )
        distance = cleaned.get("km")
        if distance is None and city and self.start:
            distance = kilometres(self.start, city)
        if distance is None:
            missing = "from" if city else "to"
            self._tell_of_missing(missing)
            return None
        if not country:
            self.add_error(
                "country", gettext("Choose the country: it decides what a day is worth.")
            )
            return None
        return country, distance

    def _tell_of_missing(self, name: str) -> None:
        if name == "to":
            self.add_error("to", gettext("Write a city, or the distance and the country."))
        else:
            self.add_error(
                "to", gettext("Write your municipality above: then we can measure the way.")
            )


def _problem(name: str, activity: Activity) -> str:
    fewest, most = activity.kind.days
    if name == "days":
        return gettext("For this the stay is from %(fewest)s to %(most)s days.") % {
            "fewest": fewest,
            "most": most,
        }
    if name == "travel_days":
        return gettext("At most %(most)s days of travel are paid for.") % {
            "most": most_travel_days(activity.is_green)
        }
    messages = {
        "people": gettext("A group is at least two."),
        "accompanying": gettext("Only pupils have accompanying persons."),
        "km": gettext("A distance is never less than nought."),
    }
    return messages.get(name, gettext("No more than take part."))


def _kinds(lump_sums: dict[str, list[tuple[str, str]]]) -> list[tuple[str, list[tuple[str, Any]]]]:
    mobility: list[tuple[str, Any]] = list(KIND_NAMES.items())
    partnerships: list[tuple[str, Any]] = [
        (
            f"{action}-{euro}",
            gettext("%(action)s: %(euro)s euro") % {"action": _LUMP_NAMES[action], "euro": words},
        )
        for action in LUMP_SUMS
        for euro, words in lump_sums.get(action, ())
    ]
    return [
        (gettext("Stays and journeys"), mobility),
        (gettext("Projects with partners"), partnerships),
    ]


def _city_named(words: str) -> Place | None:
    """Return the city that somebody wrote, as «Roma», «Rome» or «Roma, Italia»."""
    wanted = words.partition(",")[0].strip().casefold()
    if not wanted:
        return None
    return next(
        (
            city
            for city in cities().values()
            if wanted in (city.name.casefold(), city.name_en.casefold())
        ),
        None,
    )


def city_options(countries: dict[str, str]) -> list[str]:
    """Return what the list of cities offers, in the active language."""
    language = get_language() or ""
    return [
        f"{city.named(language)}, {countries[city.country]}"
        for city in cities().values()
        if city.country in countries
    ]


def municipality_options() -> list[str]:
    return list(municipalities())
