"""«Kan vi søke?» with the rules that the site begins with: every combination, and what a visitor reads."""

import re
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from programmes.models import EligibilityRoute, EligibilityRule, Measure, Source
from programmes.tools.eligibility.addresses import address, address_for
from programmes.tools.eligibility.inspection import contradicts, every_combination, gaps, silent
from programmes.tools.eligibility.questions import FACTS, QUESTIONS, WISHES, at_odds
from programmes.tools.eligibility.results import advise, results_of
from programmes.tools.eligibility.verdicts import Verdict, deciding

pytestmark = pytest.mark.django_db

SCHOOLS = ("kindergarten", "primary", "upper-secondary")
BEGINNERS = {
    "approved": "yes",
    "accredited": "no",
    "grants": "0-2",
    "experience": "yes",
    "established": "yes",
}


@pytest.fixture
def rules():
    return list(EligibilityRule.objects.select_related("source"))


@pytest.fixture
def routes():
    return list(EligibilityRoute.objects.with_measure())


@pytest.fixture
def ways(routes, rules):
    """The rules of each way in, by its code."""
    return {
        route.code: [row.pure() for row in rules if row.route_id in (None, route.pk)]
        for route in routes
    }


# --- All combinations -------------------------------------------------------------------------


def test_no_combination_of_answers_is_told_both_yes_and_no(ways):
    """Walked one by one, not by the check that the form makes: that is held by this."""
    for code, of_way in ways.items():
        for answers in every_combination():
            said = {rule.verdict for rule in deciding(of_way, answers)}
            assert not (Verdict.NO in said and len(said) > 1), (code, answers)
        assert not any(contradicts(a, b) for a in of_way for b in of_way), code


def test_no_combination_is_without_an_answer(ways):
    assert {code: gaps(of_way)[:1] for code, of_way in ways.items() if gaps(of_way)} == {}


def test_every_rule_decides_for_somebody(ways, rules):
    assert [rule.key for rule in silent(ways)] == []
    assert len(rules) >= 40


def test_whatever_is_answered_and_wished_there_is_something_to_do_first(routes, rules):
    """All 2,592 ways to answer everything: an organisation is never left with a bare no."""
    wishes = product(*(wish.options for wish in WISHES))
    chosen = [dict(zip([w.code for w in WISHES], values, strict=True)) for values in wishes]
    by_facts = {}
    for facts in every_combination():
        key = tuple(facts[question.code] for question in FACTS)
        by_facts[key] = results_of(routes, rules, facts)
    count = 0
    for key, results in by_facts.items():
        is_single = key[0] in ("teacher", "pupil")
        open_ways = [result for result in results if result.is_open]
        assert all(r.reasons for r in results if r.verdict == Verdict.NO), key
        assert all(r.reasons or r.conditions for r in open_ways), key
        assert not any(r.verdict == Verdict.UNKNOWN or r.asks for r in results), key
        assert is_single or any(r.route.aim != "other" for r in open_ways), key
        count += len(chosen)
    assert count == 2_592


def test_the_first_thing_to_do_is_one_of_what_was_wished_for_where_that_is_open(routes, rules):
    for facts in every_combination()[::7]:
        for want, how in product(("mobility", "partnership", "both"), ("alone", "join", "lead")):
            answers = {**facts, "want": want, "how": how}
            advice = advise(routes, rules, answers)
            if facts["who"] not in ("teacher", "pupil") and advice.more:
                assert advice.best.route.aim in (want, "mobility", "partnership")
                assert not advice.closed or advice.best.is_open


# --- Every branch, by the facts that it follows ---------------------------------------------------


def verdicts(routes, rules, **answers) -> dict[str, str]:
    facts = {**BEGINNERS, **answers}
    return {result.route.code: result.verdict.value for result in results_of(routes, rules, facts)}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        # KA122: who, approval, accreditation, three grants in five years (epno-122, 2024).
        *[({"who": who}, {"short-term-project": "yes"}) for who in (*SCHOOLS, "owner")],
        ({"who": "public-body"}, {"short-term-project": "yes"}),
        ({"who": "private-owner"}, {"short-term-project": "if"}),
        ({"who": "other"}, {"short-term-project": "no"}),
        *[
            ({"who": who, "approved": "no"}, {"short-term-project": "no", "accreditation": "no"})
            for who in SCHOOLS
        ],
        ({"who": "owner", "approved": "no"}, {"short-term-project": "yes"}),
        ({"who": "primary", "accredited": "yes"}, {"short-term-project": "no"}),
        ({"who": "primary", "grants": "3"}, {"short-term-project": "no", "accreditation": "yes"}),
        # KA120: the same kinds of organisations, two years, one in each field (pg26).
        *[({"who": who}, {"accreditation": "yes"}) for who in (*SCHOOLS, "owner", "public-body")],
        ({"who": "private-owner"}, {"accreditation": "if"}),
        ({"who": "other"}, {"accreditation": "no"}),
        ({"who": "owner", "experience": "no"}, {"accreditation": "no"}),
        ({"who": "owner", "accredited": "yes"}, {"accreditation": "no"}),
        # KA121: accredited ones only (hkdir-121).
        ({"who": "kindergarten", "accredited": "yes"}, {"accredited-funds": "yes"}),
        ({"who": "kindergarten"}, {"accredited-funds": "no"}),
        # Consortium: members need no accreditation, the leader does (pg26).
        ({"who": "kindergarten"}, {"consortium-member": "if", "consortium-leader": "no"}),
        ({"who": "kindergarten", "approved": "no"}, {"consortium-member": "if"}),
        ({"who": "other"}, {"consortium-member": "if"}),
        ({"who": "owner", "accredited": "yes"}, {"consortium-leader": "if"}),
        # KA210: any organisation; KA220: any that is two years old (pg26, epno-220).
        *[
            (
                {"who": who},
                {"small-scale-partnership": "if", "cooperation-partnership": "if"},
            )
            for who in (*SCHOOLS, "owner", "private-owner", "public-body", "other")
        ],
        (
            {"who": "other", "experience": "no", "established": "no"},
            {"small-scale-partnership": "if", "cooperation-partnership": "no"},
        ),
        # Jean Monnet: schools, not kindergartens (ec-jm).
        ({"who": "kindergarten"}, {"learning-eu": "no"}),
        ({"who": "upper-secondary"}, {"learning-eu": "if"}),
        ({"who": "primary", "approved": "no"}, {"learning-eu": "if"}),
        ({"who": "owner"}, {"learning-eu": "no"}),
        # KA3: three applicants, a public authority among them (epno-ka3).
        ({"who": "owner"}, {"policy-development": "if"}),
        ({"who": "kindergarten"}, {"policy-development": "if"}),
        # eTwinning: staff, alone too.
        ({"who": "kindergarten"}, {"etwinning": "yes"}),
        ({"who": "owner"}, {"etwinning": "no"}),
    ],
)
def test_each_branch_of_the_rules(routes, rules, answers, expected):
    found = verdicts(routes, rules, **answers)
    assert {code: found[code] for code in expected} == expected


@pytest.mark.parametrize("who", ["teacher", "pupil"])
def test_a_single_person_is_told_no_of_all_that_gives_money(routes, rules, who):
    found = verdicts(routes, rules, who=who)
    own = {"etwinning": "yes" if who == "teacher" else "no"}
    assert found == dict.fromkeys(found, "no") | own


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({"who": "kindergarten", "want": "mobility"}, "short-term-project"),
        ({"who": "kindergarten", "want": "mobility", "how": "join"}, "consortium-member"),
        ({"who": "kindergarten", "want": "partnership"}, "small-scale-partnership"),
        ({"who": "primary", "want": "mobility", "accredited": "yes"}, "accredited-funds"),
        ({"who": "primary", "want": "mobility", "grants": "3"}, "accreditation"),
        ({"who": "owner", "how": "lead", "accredited": "no"}, "accreditation"),
        ({"who": "owner", "how": "lead", "accredited": "yes"}, "consortium-leader"),
        ({"who": "other", "want": "partnership"}, "small-scale-partnership"),
        ({"who": "other", "want": "mobility"}, "consortium-member"),
        ({"who": "teacher"}, "etwinning"),
    ],
)
def test_the_right_thing_stands_first(routes, rules, answers, first):
    assert advise(routes, rules, answers).best.route.code == first


# --- What the rows promise ------------------------------------------------------------------------


def test_each_reason_has_a_source_that_may_be_published_and_a_year_it_speaks_of(rules):
    for rule in rules:
        assert rule.source.confidence in Source.Confidence.values
        assert rule.source.year <= rule.year <= 2026, rule
        for language in ("nb", "nn", "en"):
            assert rule.translated("reason", language), rule.code
        if "ikke funnet" in rule.reason_nb or "ikke kjent" in rule.reason_nb:
            assert rule.is_unsettled, rule.code


def test_each_way_in_has_its_measure_and_three_steps_in_every_language(routes):
    assert {r.code for r in routes if r.measure is None} == {"etwinning"}
    for route in routes:
        for language in ("nb", "nn", "en"):
            with translation.override(language):
                assert len(route.steps) == 3, (route.code, language)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"condition": {"who": ["owner"]}}, "verdict", "sier imot en regel med samme vekt"),
        ({"condition": {"hvem": ["x"]}}, "condition", "ikke noe spørsmål «hvem»"),
        ({"condition": {"who": ["skole"]}}, "condition", "«skole» er ikke et svar"),
        ({"year": 1999}, "year", "2014"),
    ],
)
def test_a_wrong_rule_is_refused_beside_its_field(values, field, words):
    rule = EligibilityRule.objects.get(code="short-other")
    for name, value in values.items():
        setattr(rule, name, value)
    with pytest.raises(ValidationError) as refused:
        rule.full_clean()
    assert words in " ".join(refused.value.message_dict[field])


def test_more_than_three_steps_are_refused():
    route = EligibilityRoute.objects.first()
    route.first_steps_nb = "En\nTo\n\nTre\nFire"
    with pytest.raises(ValidationError) as refused:
        route.full_clean()
    assert "first_steps_nb" in refused.value.message_dict


# --- The page ---------------------------------------------------------------------------------------

PATHS = {"nb": "/kan-vi-soke/", "nn": "/nn/kan-vi-sokje/", "en": "/en/can-we-apply/"}


def read(client, path=PATHS["nb"], **answers) -> str:
    response = client.get(path, answers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("language", "path"), PATHS.items())
def test_the_page_asks_and_answers_in_each_language(client, language, path):
    empty, full = read(client, path), read(client, path, who="kindergarten", want="mobility")
    assert f'<html lang="{language}">' in empty
    assert 'id="answer"' not in empty
    route = EligibilityRoute.objects.get(code="short-term-project")
    with translation.override(language):
        assert route.title in full
        assert route.measure.get_absolute_url() in full
        assert str(QUESTIONS["who"].label) in empty


def test_an_answer_shows_reason_source_and_year_and_is_no_page_to_find(client):
    page = read(client, who="kindergarten", want="mobility", **BEGINNERS)
    assert "Ja, dere kan søke" in page
    assert "Godkjente barnehager, grunnskoler" in page
    assert re.search(r"erasmuspluss\.no<span.*?, 2024\)", page, re.S)
    assert "De tre første stegene" in page
    assert 'name="robots" content="noindex"' in page
    assert 'rel="canonical"' in read(client)


def test_only_two_questions_are_asked_at_first(client):
    assert re.findall(r'<fieldset class="tool-sheet ask" id="q-(\w+)"', read(client)) == [
        "who",
        "want",
    ]


def test_a_teacher_is_told_what_a_teacher_can_do(client):
    page = read(client, who="teacher")
    assert "Nei, ikke alene" in page
    assert "Dette kan du gjøre selv" in page
    assert "?who=kindergarten#answer" in page
    assert "Hva kan en lærer gjøre?" in page


def test_what_is_not_settled_is_said_to_be_so(client):
    page = read(client, who="owner", want="mobility", **BEGINNERS)
    assert "Vi har ikke funnet ut om HK-dir gjør det." in page
    assert "ikke avklart" in page


def test_answers_that_cannot_be_true_together_are_told_of(client):
    page = read(client, who="owner", accredited="yes", established="no")
    assert "To av svarene passer ikke sammen" in page


@pytest.mark.parametrize(
    "query",
    [
        "who=kindergarten%00&want=mobility",
        "who=" + "x" * 10_000,
        "who=kindergarten&who=<svg onload=x>",
        "who[]=kindergarten&want=%ff%fe",
        "&".join(f"{code}={'%00' * 50}" for code in QUESTIONS),
        "grants=3&grants=0-2&who=' OR 1=1 --",
    ],
)
def test_a_made_up_address_is_answered_with_the_page(client, query):
    for path in PATHS.values():
        response = client.get(f"{path}?{query}")
        assert response.status_code == 200
        assert b"<svg onload" not in response.content
    assert "kjente ikke igjen et av svarene" in client.get(
        f"{PATHS['nb']}?{query}"
    ).content.decode() or ("who[]" in query)


def test_the_page_costs_the_same_however_many_rules_there_are(
    client, django_assert_max_num_queries
):
    for number in range(60):
        EligibilityRule.objects.create(
            route=EligibilityRoute.objects.first(),
            verdict="if",
            condition={"grants": ["3"]},
            year=2026,
            source=Source.objects.first(),
            **{f"reason_{code}": f"Regel {number}" for code in ("nb", "nn", "en")},
        )
    with django_assert_max_num_queries(9):
        client.get(PATHS["nb"], {"who": "owner", "grants": "3"})


def test_without_rules_and_ways_the_page_still_stands(client):
    EligibilityRule.objects.all().delete()
    assert "Vi har ingen regel for dette" in read(client, who="primary")
    EligibilityRoute.objects.all().delete()
    assert "Nei, ikke slik det er nå" in read(client, who="primary")


def test_a_measure_that_nobody_can_see_is_not_linked_to(client):
    measure = Measure.objects.get(code="short-term-project")
    url = measure.get_absolute_url()
    assert url in read(client, who="primary", want="mobility")
    Measure.objects.filter(pk=measure.pk).update(publish_at=None)
    page = read(client, who="primary", want="mobility")
    assert url not in page and "Enkeltstående mobilitetsprosjekt" in page


def test_the_markdown_tells_the_same_and_how_to_ask(client):
    text = client.get(f"{PATHS['nb']}index.md").content.decode()
    assert "`kindergarten` Barnehage" in text
    answer = client.get(
        f"{PATHS['nb']}index.md", {"who": "primary", "want": "mobility", **BEGINNERS}
    ).content.decode()
    assert "## Ja: Enkeltstående mobilitetsprosjekt (KA122)" in answer
    assert "([erasmuspluss.no](https://erasmuspluss.no/" in answer


# --- The ways there ---------------------------------------------------------------------------------


def test_home_and_the_measures_of_today_lead_there(client):
    assert PATHS["nb"] in client.get("/").content.decode()
    today = Measure.objects.get(code="short-term-project")
    page = client.get(today.get_absolute_url()).content.decode()
    assert f"{PATHS['nb']}?want=mobility" in page
    past = Measure.objects.get(code="job-shadowing")
    assert f"{PATHS['nb']}?" not in client.get(past.get_absolute_url()).content.decode()


def test_an_address_carries_only_what_is_an_answer():
    assert address(who="kindergarten", want="x") == f"{PATHS['nb']}?who=kindergarten"
    assert address() == reverse("tools:eligibility")
    measure = Measure.objects.with_audiences().get(code="cooperation-partnership")
    assert address_for(measure) == f"{PATHS['nb']}?want=partnership"


# --- Editors ------------------------------------------------------------------------------------------


def url(model, name, *args) -> str:
    return reverse(f"admin:programmes_{model.__name__.lower()}_{name}", args=args)


def form_of(rule, **values) -> dict:
    filled = {
        "route": rule.route_id or "",
        "verdict": rule.verdict,
        "weight": rule.weight,
        "source": rule.source_id,
        "year": rule.year,
        **{f"reason_{code}": rule.translated("reason", code) for code in ("nb", "nn", "en")},
        **{f"condition_{code}": options for code, options in rule.condition.items()},
    }
    return {**filled, **values}


def test_an_editor_ticks_what_a_rule_holds_for(editor_client):
    rule = EligibilityRule.objects.get(code="short-owner")
    address = url(EligibilityRule, "change", rule.pk)
    form = editor_client.get(address).content.decode()
    assert re.search(r'name="condition_who" value="owner"[^>]*checked', form)
    ticked = form_of(rule, condition_who=["public-body", "owner"], condition_grants=["0-2"])
    EligibilityRule.objects.filter(code="short-public-body").delete()
    assert editor_client.post(address, ticked).status_code == 302
    rule.refresh_from_db()
    assert rule.condition == {"who": ["owner", "public-body"], "grants": ["0-2"]}
    history = editor_client.get(url(EligibilityRule, "history", rule.pk)).content.decode()
    assert "et annet offentlig organ" in history.lower()


def test_a_rule_that_contradicts_another_is_shown_again_with_the_reason_beside(editor_client):
    rule = EligibilityRule.objects.get(code="short-other")
    address = url(EligibilityRule, "change", rule.pk)
    answer = editor_client.post(address, form_of(rule, condition_who=["owner", "other"]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "sier imot en regel med samme vekt: «Kommuner og fylkeskommuner" in page
    assert re.search(r'name="condition_who" value="owner"[^>]*checked', page)
    rule.refresh_from_db()
    assert rule.condition == {"who": ["other"]}


def test_a_forged_tick_is_refused(editor_client):
    rule = EligibilityRule.objects.get(code="short-other")
    address = url(EligibilityRule, "change", rule.pk)
    answer = editor_client.post(address, form_of(rule, condition_who=["alle"]))
    assert answer.status_code == 200
    assert "alle" in answer.content.decode()


def test_the_list_tells_of_answers_without_a_rule_and_of_rules_that_never_speak(editor_client):
    address = url(EligibilityRule, "changelist")
    assert "Ingen regel for" not in editor_client.get(address).content.decode()
    EligibilityRule.objects.filter(code="short-other").delete()
    EligibilityRule.objects.filter(code="learning-eu-kindergarten").update(weight=1)
    EligibilityRule.objects.filter(code="policy-partners").update(condition={}, weight=3)
    page = editor_client.get(address).content.decode()
    assert "Ingen regel for «Enkeltstående mobilitetsprosjekt (KA122)»" in page
    assert "Hvem er dere? En annen organisasjon" in page
    assert "bestemmer aldri noe" in page


def test_a_rule_that_changes_makes_the_page_change(client):
    """What search engines are told of the page follows the rules on it."""
    before = client.get(PATHS["nb"]).context["subject"].changed_at
    rule = EligibilityRule.objects.get(code="short-owner")
    rule.reason_nb = "En ny grunn."
    rule.save()
    assert client.get(PATHS["nb"]).context["subject"].changed_at > before


def test_answers_that_can_be_true_are_most_of_all():
    """Were the check of what cannot be true too strict, the walk above would look at nothing."""
    possible = [answers for answers in every_combination() if not at_odds(answers)]
    assert len(possible) >= len(every_combination()) / 2
