"""What the board of deadlines can be narrowed by, as it is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.tools.deadlines.choosing import AUDIENCE, MEASURE, Choice, Group


class NarrowingForm(forms.Form):
    """Shows a choice that has been read already: nothing is validated here."""

    def __init__(self, choice: Choice):
        audience = choice.audience.code if choice.audience else ""
        super().__init__(initial={AUDIENCE: audience, MEASURE: choice.chosen})
        audiences = [("", gettext("Everybody")), *((a.code, a.title) for a in choice.audiences)]
        measures = [("", gettext("Everything")), *map(_of_action, choice.groups)]
        self.fields[AUDIENCE] = forms.ChoiceField(label=_("For whom?"), choices=audiences)
        self.fields[MEASURE] = forms.ChoiceField(label=_("To apply for what?"), choices=measures)
        self.use_required_attribute = False


def _of_action(group: Group) -> tuple[str, list[tuple[Any, str]]]:
    """Return the options below an action's name, the whole of it first."""
    action = group.action
    whole = gettext("All of %(action)s") % {"action": action.title}
    measures = [(measure.code, measure.title) for measure in group.measures]
    return action.title, [*([(action.code, whole)] if action.code else []), *measures]
