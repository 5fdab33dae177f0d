"""A teacher on a phone, without scripts: from the home page to a deadline, a plan, and a sheet of paper."""

import re

import pytest

MADE = """
from datetime import timedelta
from django.utils import timezone
from programmes.models import Call, Deadline, Measure, Source
call = Call.objects.get(code="mobility-2027")
day = timezone.localdate() + timedelta(days=150)
source = Source.objects.get(code="pg26")
call.year = day.year
call.save()
row = Deadline.objects.create(call=call, day=day, source=source, title_nb="Prøverunde",
    title_nn="Prøverunde", title_en="Trial round")
print(row.pk)
"""


@pytest.fixture
def deadline(site):
    """A deadline in 150 days, whatever day it is."""
    key = site.manage("shell", "--verbosity", "0", "-c", MADE).split()[-1]
    yield key
    site.manage(
        "shell",
        "-c",
        f"from programmes.models import Deadline; Deadline.objects.filter(pk={key}).delete()",
    )


@pytest.fixture
def phone(browser, site):
    context = browser.new_context(
        base_url=site.origin,
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
        locale="nb-NO",
    )
    yield context.new_page()
    context.close()


def test_a_teacher_finds_the_deadline_plans_for_it_and_prints_the_plan(phone, deadline):
    phone.goto("/")
    phone.get_by_role("main").get_by_role("link", name="Søknadsfrister").click()
    card = phone.locator(f"#deadline-{deadline}")
    assert re.search(r"om \d+\s(uker|dager)", card.inner_text())
    card.get_by_role("link", name="Lag en plan").click()
    phone.get_by_label("Hvilke skoleferier?").select_option("vestfold")
    phone.get_by_role("button", name="Lag planen").click()
    assert f"frist={deadline}" in phone.url and "sted=vestfold" in phone.url
    steps = phone.locator(".plan__step h3").all_inner_texts()
    assert steps[0] == "Bli enige om ideen"
    assert steps[-2:] == ["Send søknaden", "Fristen"]
    pages = len(re.findall(rb"/Type\s*/Page[^s]", phone.pdf(prefer_css_page_size=True)))
    assert 1 <= pages <= 2
    phone.emulate_media(media="print")
    assert phone.locator(".plan__who").first.is_visible()
    assert not phone.get_by_role("button", name="Lag planen").is_visible()
    phone.emulate_media(media="screen")
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Legg alle stegene i kalenderen").click()
    assert download.value.suggested_filename == "erasmus-plan.ics"


def test_a_kindergarten_sees_its_own_deadlines_and_takes_them_into_its_calendar(phone, deadline):
    phone.goto("/frister/")
    phone.get_by_label("For hvem?").select_option(label="Barnehage")
    phone.get_by_role("button", name="Vis", exact=True).click()
    assert "hvem=kindergarten" in phone.url
    assert phone.get_by_role("heading", name="Neste frister: Barnehage").is_visible()
    card = phone.locator(f"#deadline-{deadline}")
    assert card.is_visible()
    with phone.expect_download() as download:
        card.get_by_role("link", name="Legg i kalenderen").click()
    assert download.value.suggested_filename == f"erasmus-{deadline}.ics"
    follow = phone.get_by_role("link", name="Følg – Barnehage")
    address = follow.get_attribute("href")
    assert address.startswith("webcal://")
    calendar = phone.request.get(address.replace("webcal://", "http://"))
    assert calendar.text().startswith("BEGIN:VCALENDAR") and "Prøverunde" in calendar.text()
    phone.get_by_role("link", name="Vis alle").click()
    assert phone.get_by_label("For hvem?").input_value() == ""


@pytest.mark.parametrize("path", ["/frister/", "/planlegger/?frist={key}&sted=oslo"])
def test_nothing_stands_wider_than_the_narrowest_phone(browser, site, deadline, path):
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(site.origin + path.format(key=deadline))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
