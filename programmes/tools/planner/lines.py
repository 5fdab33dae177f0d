"""A plan in words, in the active language: its lines on the page and its entries in a calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.languages import absolute
from programmes.models import Deadline, PlanStep, SchoolHoliday
from programmes.models.call import REVISIONS_BEGAN
from programmes.tools.calendars import Entry
from programmes.tools.deadlines.dates import When, today
from programmes.tools.deadlines.entries import calendar_entry
from programmes.tools.deadlines.wording import day_words, days_words, weekday_words
from programmes.tools.planner.choosing import Choice
from programmes.tools.planner.holidays import PublicHoliday, SchoolBreak
from programmes.tools.planner.plan import Planned, Reason, Step, Why, plan, unknown_years

NAMES = {
    PublicHoliday.NEW_YEAR: gettext_lazy("New Year’s Day"),
    PublicHoliday.MAUNDY_THURSDAY: gettext_lazy("Maundy Thursday"),
    PublicHoliday.GOOD_FRIDAY: gettext_lazy("Good Friday"),
    PublicHoliday.EASTER_SUNDAY: gettext_lazy("Easter Sunday"),
    PublicHoliday.EASTER_MONDAY: gettext_lazy("Easter Monday"),
    PublicHoliday.LABOUR_DAY: gettext_lazy("1 May"),
    PublicHoliday.CONSTITUTION_DAY: gettext_lazy("17 May"),
    PublicHoliday.ASCENSION: gettext_lazy("Ascension Day"),
    PublicHoliday.WHIT_SUNDAY: gettext_lazy("Whit Sunday"),
    PublicHoliday.WHIT_MONDAY: gettext_lazy("Whit Monday"),
    PublicHoliday.CHRISTMAS_DAY: gettext_lazy("Christmas Day"),
    PublicHoliday.BOXING_DAY: gettext_lazy("Boxing Day"),
    Why.JULY: gettext_lazy("July"),
}


@dataclass(frozen=True)
class Line:
    """A step as it is shown. `when` is its day; of a deadline without a day, its week."""

    planned: Planned
    when: str
    moved: str
    is_late: bool

    @property
    def step(self) -> PlanStep:
        return self.planned.step.row


@dataclass(frozen=True)
class Plan:
    """A whole plan. `unknown` are the school years whose holidays in the chosen place are not known."""

    deadline: Deadline
    lines: list[Line]
    holidays: list[SchoolHoliday]
    unknown: str

    @property
    def by_weeks(self) -> bool:
        return self.deadline.when.is_expected

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines)


def plan_for(choice: Choice, now: datetime) -> Plan | None:
    """Return the plan for what was chosen, None where nothing is, or no step is written."""
    if choice.deadline is None or choice.deadline.when.earliest is None:
        return None
    steps = _steps_for(choice)
    if not steps:
        return None
    day = last_day_for(choice.deadline.when)
    holidays = _holidays_of(choice)
    breaks = [SchoolBreak(each.title, each.first_day, each.last_day) for each in holidays]
    found = plan(day, steps, breaks)
    lines = [_line(each, choice.deadline, now) for each in found]
    first = min(found[0].day, found[0].wanted)
    return Plan(
        choice.deadline,
        lines,
        _within(holidays, first, day),
        _unknown(choice, holidays, first, day),
    )


def last_day_for(when: When) -> date:
    """Return the day to count from: the deadline's, or the Monday of the first week that it can be in.

    A plan by weeks must end before that week: the deadline may be on its first day.
    """
    if when.day is not None or when.first_day is None:
        return when.day or date.max
    return when.first_day - timedelta(days=when.first_day.weekday())


def _steps_for(choice: Choice) -> list[Step]:
    """The steps for all, and those for the chosen measure."""
    rows = PlanStep.objects.prefetch_related("measures")
    chosen = choice.measure and choice.measure.pk
    return [
        Step(row.days_before, row)
        for row in rows
        if not (only := {measure.pk for measure in row.measures.all()}) or chosen in only
    ]


def _holidays_of(choice: Choice) -> list[SchoolHoliday]:
    if choice.area is None:
        return []
    return list(choice.area.holidays.select_related("source").order_by("first_day"))


def _within(holidays: Iterable[SchoolHoliday], first: date, last: date) -> list[SchoolHoliday]:
    return [
        each for each in holidays if each.first_day <= last and (each.last_day or last) >= first
    ]


def _unknown(choice: Choice, holidays: Sequence[SchoolHoliday], first: date, last: date) -> str:
    if choice.area is None:
        return ""
    known = {each.school_year for each in holidays}
    return ", ".join(f"{year}–{year + 1}" for year in unknown_years(first, last, known))


def _line(planned: Planned, deadline: Deadline, now: datetime) -> Line:
    by_weeks = deadline.when.is_expected
    last_chance = planned.monday + timedelta(days=6) if by_weeks else planned.day
    return Line(
        planned,
        week_words(planned.monday) if by_weeks else weekday_words(planned.day),
        _moved_words(planned),
        is_late=last_chance < today(now),
    )


def week_words(monday: date) -> str:
    """Say a week, as in «uke 47 (16.–20. november 2026)»."""
    return _("week %(number)s (%(days)s)") % {
        "number": monday.isocalendar().week,
        "days": days_words(monday, monday + timedelta(days=4)),
    }


def _moved_words(planned: Planned) -> str:
    reason = planned.moved_for
    if reason is None or reason is Why.WEEKEND:
        return ""
    return _("Moved from %(day)s: %(reason)s.") % {
        "day": day_words(planned.wanted),
        "reason": reason_words(reason),
    }


def reason_words(reason: Reason) -> str:
    return reason.name if isinstance(reason, SchoolBreak) else str(NAMES.get(reason, ""))


def calendar_entries(made: Plan, choice: Choice) -> list[Entry]:
    """Return the steps as whole days, or weeks, and the deadline itself."""
    address = f"{absolute(reverse('tools:planner'))}?{urlencode(choice.query)}"
    own = calendar_entry(made.deadline)
    return [*(_entry(line, made, address) for line in made.lines), *([own] if own else [])]


def _entry(line: Line, made: Plan, address: str) -> Entry:
    deadline, step, planned = made.deadline, line.step, line.planned
    changes = [step.updated_at, deadline.revised_at, *(each.updated_at for each in made.holidays)]
    changed_at = max(changes)
    name = f"{deadline.uid}/{step.pk}"
    caveat = _("Counted from the first week that the deadline can be in. The day is not confirmed.")
    said = [step.text, line.moved, caveat if made.by_weeks else "", address]
    return Entry(
        uid=str(uuid5(NAMESPACE_URL, name)),
        sequence=int((changed_at - REVISIONS_BEGAN).total_seconds()),
        changed_at=changed_at,
        start=planned.monday if made.by_weeks else planned.day,
        last_day=planned.monday + timedelta(days=4) if made.by_weeks else planned.day,
        summary=_("%(step)s – %(deadline)s") % {"step": step.title, "deadline": deadline.name},
        description="\n".join(filter(None, said)),
        url=address,
        status="TENTATIVE" if made.by_weeks else "CONFIRMED",
    )
