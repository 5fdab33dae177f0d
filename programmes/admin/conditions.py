"""What a rule holds for, as ticks beside the answers of each question."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from programmes.tools.eligibility.conditions import Condition, normal
from programmes.tools.eligibility.questions import FACTS


class ConditionWidget(forms.MultiWidget):
    """Ticks, a group for each question; the names in the form are the questions' codes."""

    def __init__(self, attrs=None):
        super().__init__(
            {
                question.code: forms.CheckboxSelectMultiple(choices=list(question.options.items()))
                for question in FACTS
            },
            attrs,
        )

    def decompress(self, value: Condition | None) -> list[list[str]]:
        return [(value or {}).get(question.code, []) for question in FACTS]

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        context = self.get_context(name, value, attrs)
        context["groups"] = [
            (question.label, group)
            for question, group in zip(FACTS, context["widget"]["subwidgets"], strict=True)
        ]
        return render_to_string("admin/programmes/condition.html", context)

    def value_omitted_from_data(self, data, files, name) -> bool:
        """A form without any tick is sent without the names: that is the empty condition."""
        return False


class ConditionFormField(forms.MultiValueField):
    """Gives the condition as the model keeps it."""

    widget = ConditionWidget

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        fields = [
            forms.MultipleChoiceField(choices=list(question.options.items()), required=False)
            for question in FACTS
        ]
        super().__init__(fields, require_all_fields=False, **{**kwargs, "required": False})

    def compress(self, data_list: Any) -> Condition:
        codes = [question.code for question in FACTS]
        return normal(dict(zip(codes, data_list or [[] for _code in codes], strict=True)))
