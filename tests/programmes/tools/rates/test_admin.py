"""Editors enter rates as the tables they are published as."""

import pytest
from django.urls import reverse

from programmes.models import BudgetExample, DistanceBand, Rate, RateSet

pytestmark = pytest.mark.django_db


def form_url(row) -> str:
    return reverse(f"admin:programmes_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def rate_set():
    return RateSet.objects.get(code="eu-2026")


def typed(client, row) -> dict[str, str]:
    """Return what the form of a record holds before anything is changed."""
    form = client.get(form_url(row)).context["adminform"].form
    formsets = client.get(form_url(row)).context["inline_admin_formsets"]
    fields = {name: field.value() for name, field in ((f.html_name, f) for f in form)}
    for inline in formsets:
        fields |= {f.html_name: f.value() for f in inline.formset.management_form}
        fields |= {f.html_name: f.value() for each in inline.formset.initial_forms for f in each}
    return {name: value for name, value in fields.items() if value not in (None, False)}


def test_a_gap_between_bands_is_refused_in_a_sentence(editor_client, rate_set):
    """Every school at 480 km would be told that its way gives nothing."""
    band = rate_set.bands.get(start=100)
    fields = typed(editor_client, rate_set)
    name = next(key for key, value in fields.items() if key.startswith("bands") and value == 499)
    answer = editor_client.post(form_url(rate_set), {**fields, name: "450", "_publish": "1"})
    assert "fra 100 km og fra 500 km mangler" in answer.content.decode()
    assert DistanceBand.objects.get(pk=band.pk).end == 499


def test_a_rate_is_changed_and_its_history_kept(editor_client, rate_set):
    fields = typed(editor_client, rate_set)
    rate = rate_set.rates.get(category=Rate.Category.COURSE_FEE)
    name = next(k for k, v in fields.items() if k.startswith("rates") and v == rate.amount)
    editor_client.post(form_url(rate_set), {**fields, name: "90", "_publish": "1"})
    rate.refresh_from_db()
    assert rate.amount == 90


def test_a_key_that_no_rate_has_is_refused(editor_client, rate_set):
    rate = Rate(rate_set=rate_set, category=Rate.Category.STAFF_DAY, key="4", amount=1)
    with pytest.raises(Exception, match="1, 2, 3"):
        rate.full_clean()


def test_an_example_that_cannot_be_reckoned_is_refused(editor_client):
    """Visitors would be shown an example with an error in it."""
    example = BudgetExample.objects.get(code="kindergarten")
    fields = typed(editor_client, example)
    wrong = editor_client.post(form_url(example), {**fields, "query": "1-kind=course&1-days=99"})
    assert "Dette kan ikke regnes ut" in wrong.content.decode()
    pasted = (
        "https://x.no/hva-gir-det/?from=Bod%C3%B8&1-kind=course&1-people=1&1-days=5&1-to=Berlin"
    )
    editor_client.post(form_url(example), {**fields, "query": pasted})
    example.refresh_from_db()
    assert example.query == pasted.partition("?")[2]
