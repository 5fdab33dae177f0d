"""What is planned for, as it is asked for."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.models import Deadline
from programmes.tools.deadlines.wording import told
from programmes.tools.planner.choosing import DEADLINE, MEASURE, PLACE, Choice, key_of


class PlanForm(forms.Form):
    """Shows a choice that has been read already: nothing is validated here."""

    def __init__(self, choice: Choice):
        super().__init__(initial=choice.query)
        nothing = gettext("None, as for a kindergarten: public holidays only")
        deadlines = [(key_of(each), _in_words(each)) for each in choice.deadlines]
        measures = [(key_of(each), each.title) for each in choice.measures]
        areas = [(key_of(each), each.title) for each in choice.areas]
        self.fields[DEADLINE] = forms.ChoiceField(
            label=_("Which deadline?"), choices=[("", gettext("Choose a deadline")), *deadlines]
        )
        self.fields[MEASURE] = forms.ChoiceField(
            label=_("To apply for what?"), choices=[("", gettext("Not decided")), *measures]
        )
        self.fields[PLACE] = forms.ChoiceField(
            label=_("Whose school holidays?"), choices=[("", nothing), *areas]
        )
        self.use_required_attribute = False


def _in_words(deadline: Deadline) -> str:
    said = told(deadline.when)
    day = gettext("expected %(day)s") % {"day": said.day} if said.is_expected else said.day
    return f"{deadline.name}: {day}"
