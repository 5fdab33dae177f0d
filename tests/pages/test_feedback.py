"""«Hjalp siden deg?»: an answer is kept, nothing of who gave it is, and nobody makes use of the form."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from erasmus_site.handler import Handler
from pages.cache import generation
from pages.cache.wsgi import PageCache
from pages.feedback import views
from pages.feedback.limits import PER_ADDRESS, Counter
from pages.feedback.sheet import MOST_BYTES, MOST_SIGNS, TRAP, read, tidy
from pages.models import Feedback, Page
from pages.models.feedback import Tally, name_of, record_named
from programmes.models import Action, Measure
from tests.factories import make_page
from tests.hostile.asking import MARKUP, WORDS, environ_of

pytestmark = pytest.mark.django_db

ADDRESS = "/tilbakemelding/"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _counted_anew(monkeypatch):
    monkeypatch.setattr(views, "_counter", Counter())


@pytest.fixture
def page():
    return make_page()


def send(client, page, path=ADDRESS, headers=None, **values):
    form = {"page": name_of(page), "helpful": "yes", **values}
    return client.post(path, urlencode(form), content_type=FORM, headers=headers)


# --- The form ---------------------------------------------------------------------------------------


def test_the_form_stands_at_the_foot_of_guidance_and_nowhere_else(client):
    """Home and the overview are ways in, and what has answers of its own is no text that helps."""
    for shown in (
        Page.objects.get(code="about"),
        Action.objects.get(code="mobility"),
        Measure.objects.get(code="short-term-project"),
    ):
        body = client.get(shown.get_absolute_url()).content.decode()
        assert f'name="page" value="{name_of(shown)}"' in body
        assert f'action="{ADDRESS}"' in body
        assert "csrfmiddlewaretoken" not in body
        assert "Ikke skriv navn" in body
    for path in ("/", "/for-skole-og-barnehage/", "/kan-vi-soke/", "/finnes-ikke/"):
        assert 'id="feedback"' not in client.get(path).content.decode()


def test_a_draft_asks_nobody(editor_client):
    draft = make_page(publish_at=None)
    assert 'id="feedback"' not in editor_client.get(draft.get_absolute_url()).content.decode()


def test_an_answer_is_kept_with_its_page_language_and_day_and_nothing_else(client, page):
    answer = send(
        client, page, "/nn/tilbakemelding/", helpful="no", comment="  Fann ikkje\r\nfristen "
    )
    assert (answer.status_code, answer.cookies) == (303, {})
    kept = Feedback.objects.values().get()
    assert kept.pop("id")
    assert kept == {
        "model": "pages.page",
        "object_id": page.pk,
        "language": "nn",
        "is_helpful": False,
        "comment": "Fann ikkje fristen",
        "created_on": timezone.localdate(),
    }


def test_whoever_has_answered_is_thanked_and_led_back(client, page):
    answer = send(client, page)
    thanks = client.get(answer["Location"])
    body = thanks.content.decode()
    assert thanks.status_code == 200
    assert thanks.headers["Cache-Control"].startswith("public")
    assert "Takk for svaret" in body and page.get_absolute_url() in body
    assert 'content="noindex"' in body
    text = client.get(f"{ADDRESS}index.md", {"page": name_of(page)}).content.decode()
    assert text.startswith("# Takk for svaret") and page.get_absolute_url() in text


@pytest.mark.parametrize("name", ["", "pages.page-0", "auth.user-1", "x", "-", "pages.page-9" * 9])
def test_thanks_without_a_page_lead_home(client, name):
    assert 'href="/"' in client.get(ADDRESS, {"page": name}).content.decode()


# --- What is put right ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"helpful": ""}, "Velg ja eller nei."),
        ({"helpful": "maybe"}, "Velg ja eller nei."),
        ({"comment": "Se http://eksempel.test/x"}, "Skriv uten lenker."),
        ({"comment": "www.eksempel.test"}, "Skriv uten lenker."),
        ({"comment": "[url=x]y[/url]"}, "Skriv uten lenker."),
        ({"comment": "Skriv til kari@eksempel.test"}, "e-postadresser"),
        ({"comment": "Ring 22 33 44 55"}, "lange tall"),
        ({"comment": "Ring 223 34 455"}, "lange tall"),
        ({"comment": "010203 12345"}, "lange tall"),
        ({"comment": "æ" * (MOST_SIGNS + 1)}, "Du har skrevet 301."),
    ],
)
def test_a_fault_is_told_beside_its_field_and_what_was_typed_is_kept(client, page, values, words):
    answer = send(client, page, **values)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "no-cache" in answer.headers["Cache-Control"]
    assert words in body
    for name, value in values.items():
        assert name == "helpful" or value in body
    field = "helpful" if "helpful" in values else "comment"
    assert f'id="feedback-{field}-error"' in body
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "comment",
    [
        "HK-dir sier noe annet på erasmuspluss.no",
        "Gjelder dette 2014-2020 eller 2021-2027?",
        "Vi fikk 30 000 euro i 2024",
        "Kl. 12.00 den 19.02.2026?",
        "<b>Takk</b> & hei",
    ],
)
def test_what_an_honest_reader_writes_is_taken(client, page, comment):
    assert send(client, page, comment=comment).status_code == 303
    assert Feedback.objects.get().comment == comment


@given(st.text(max_size=400))
def test_any_text_becomes_one_line_that_a_database_can_keep(text):
    tidied = tidy(text)
    assert "\0" not in tidied and "\n" not in tidied and tidied == tidied.strip()
    assert tidy(tidied) == tidied
    tidied.encode()


# --- What is refused -----------------------------------------------------------------------------


def test_a_program_that_fills_in_everything_is_thanked_and_not_heard(client, page):
    """A person does not see the field; and whoever wrote the program must not see that it failed."""
    answer = send(client, page, comment="Kjøp nå", **{TRAP: "x"})
    assert answer.status_code == 303
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.test"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "https://testserver"}, 403),
        ({"Origin": "http://evil.test"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "null"}, 303),
        ({"Referer": "http://testserver/om-nettstedet/"}, 303),
        ({"Referer": "http://testserver.evil.test/"}, 403),
    ],
)
def test_another_sites_page_cannot_answer_for_its_visitors(client, page, headers, status):
    assert send(client, page, headers=headers).status_code == status
    assert Feedback.objects.exists() == (status == 303)


def test_it_needs_no_token_and_no_cookie_even_where_tokens_are_checked(page):
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, page).status_code == 303
    assert strict.cookies == {}


@pytest.mark.parametrize(
    "name",
    ["", "pages.page-999999", "pages.page-", "auth.user-1", "pages.section-1", "x.y-1", "\0-1"],
)
def test_only_a_page_that_visitors_can_see_is_answered_about(client, name):
    answer = client.post(ADDRESS, urlencode({"page": name, "helpful": "yes"}), content_type=FORM)
    assert answer.status_code == 404
    assert not Feedback.objects.exists()


def test_a_page_that_is_withdrawn_or_not_in_the_language_is_not_answered_about(client):
    draft, only_nb = make_page(publish_at=None), make_page("Bare her", languages=("nb",))
    assert record_named(name_of(draft)) is None
    assert send(client, only_nb, "/en/feedback/").status_code == 404
    assert send(client, only_nb).status_code == 303


def test_more_than_a_form_can_hold_is_not_read(client, page):
    answer = send(client, page, comment="x" * MOST_BYTES)
    assert answer.status_code == 413
    assert "mer enn skjemaet kan ta imot" in answer.content.decode()


def test_the_longest_comment_of_the_longest_signs_has_room(client, page):
    """What the form itself allows must not be too much for the door."""
    comment = "\U0001f9d2" * MOST_SIGNS
    assert send(client, page, comment=comment).status_code == 303
    assert Feedback.objects.get().comment == comment


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "", '"'])
def test_what_is_no_form_is_refused(client, page, kind):
    body = urlencode({"page": name_of(page), "helpful": "yes"})
    assert client.post(ADDRESS, body, content_type=kind).status_code == 400
    assert not Feedback.objects.exists()


def test_nothing_else_can_be_done_there(client):
    for method in ("put", "patch", "delete", "options"):
        assert getattr(client, method)(ADDRESS).status_code == 405


# --- How many -----------------------------------------------------------------------------------------


def test_too_many_from_one_address_are_told_so_with_what_was_typed(client, page):
    for _time in range(PER_ADDRESS):
        assert send(client, page).status_code == 303
    answer = send(client, page, comment="En til")
    assert answer.status_code == 429
    assert "En til" in answer.content.decode()
    assert "Prøv igjen om en time" in answer.content.decode()
    assert Feedback.objects.count() == PER_ADDRESS


def test_too_many_in_a_day_from_all_are_refused(client, page, monkeypatch):
    monkeypatch.setattr(views, "PER_DAY", 2)
    assert [send(client, page).status_code for _time in range(3)] == [303, 303, 429]
    yesterday = timezone.localdate() - timedelta(days=1)
    Feedback.objects.update(created_on=yesterday)
    assert send(client, page).status_code == 303


DAY = date(2026, 3, 5)


def test_the_count_is_by_address_by_hour_and_by_day():
    counter = Counter(most=2, within=3600)
    assert [counter.take("192.0.2.1", DAY, t) for t in (0, 10, 20, 3500)] == [
        True,
        True,
        False,
        False,
    ]
    assert counter.take("192.0.2.2", DAY, 20)
    assert counter.take("192.0.2.1", DAY, 3601)
    assert not counter.take("192.0.2.1", DAY, 3602)
    assert counter.take("192.0.2.1", DAY + timedelta(days=1), 3603)


def test_one_network_is_one_however_many_addresses_it_has():
    counter = Counter(most=1)
    assert counter.take("2001:db8::1", DAY, 0)
    assert not counter.take("2001:db8::ffff:2", DAY, 1)
    assert counter.take("2001:db8:0:1::1", DAY, 1)
    assert counter.take("unknown", DAY, 1) and not counter.take("unknown", DAY, 2)


def test_no_address_can_be_read_from_the_count():
    """Not in what is kept, and not by trying all addresses: the secret is the process's own."""
    one, other = Counter(), Counter()
    for counter in (one, other):
        counter.take("192.0.2.1", DAY, 0)
    assert not any(b"192.0.2.1" in name for name in one._sent)
    assert set(one._sent) != set(other._sent)
    before = set(one._sent)
    one.take("192.0.2.1", DAY + timedelta(days=1), 0)
    assert len(one._sent) == 1 and not before & set(one._sent)


def test_the_count_cannot_grow_without_end():
    counter = Counter()
    for number in range(20_000):
        counter.take(f"192.0.2.{number}", DAY, 0)
    assert len(counter._sent) <= 10_000


# --- The page cache ---------------------------------------------------------------------------------


def test_an_answer_leaves_every_stored_page_as_it_is(page):
    """Whoever answers must not make all visitors wait for their pages anew."""
    before = generation.current()
    Feedback.objects.create(model="pages.page", object_id=page.pk, language="nb", is_helpful=True)
    Feedback.objects.all().delete()
    assert generation.current() == before


def test_a_form_passes_the_page_cache_by(one_connection, page, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    site = PageCache(Handler())

    def ask(method: str, body: bytes = b"") -> tuple[str, bytes]:
        told = []
        environ = environ_of(ADDRESS.encode(), method=method, body=body, CONTENT_TYPE=FORM)
        parts = site(environ, lambda status, headers, exc_info=None: told.append(status))
        return told[0], b"".join(parts)

    form = urlencode({"page": name_of(page), "helpful": "yes"}).encode()
    assert ask("GET")[0].startswith("200")
    assert [ask("POST", form)[0][:3] for _time in range(2)] == ["303", "303"]
    assert Feedback.objects.count() == 2
    assert ask("GET")[0].startswith("200")


# --- Hostile ----------------------------------------------------------------------------------------


def test_every_word_in_every_field(client, page):
    for word in WORDS:
        text = word.decode("latin-1")
        for values in (
            {"comment": text, "helpful": "yes", "page": name_of(page)},
            {"comment": "", "helpful": text, "page": name_of(page)},
            {"comment": "", "helpful": "no", "page": text},
        ):
            answer = client.post(ADDRESS, urlencode(values, encoding="latin-1"), content_type=FORM)
            assert answer.status_code in (303, 404, 413, 422, 429), (word[:40], values)
            assert MARKUP.encode() not in answer.content


def test_an_answer_costs_the_database_three_questions_and_no_more(client, page):
    from django.test.utils import CaptureQueriesContext

    send(client, page)
    with CaptureQueriesContext(connection) as queries:
        assert send(client, page, comment="Takk").status_code == 303
    asked = [q["sql"] for q in queries if not re.match("SAVEPOINT|RELEASE|BEGIN", q["sql"])]
    assert len(asked) <= 3


# --- Editors ----------------------------------------------------------------------------------------


@pytest.fixture
def answered(page):
    """Three yes and one no about `page`, one no about another; two of them with a comment."""
    other = make_page("En annen")
    rows = [(page, True, ""), (page, True, ""), (page, True, "Takk!"), (page, False, "")]
    for record, is_helpful, comment in [*rows, (other, False, "Uklart")]:
        Feedback.objects.create(
            model=record._meta.label_lower,
            object_id=record.pk,
            language="nb",
            is_helpful=is_helpful,
            comment=comment,
        )
    return page


def test_counts_of_a_page(answered):
    tally = Feedback.objects.of(answered).tally()
    assert (tally, tally.number, tally.share) == (Tally(3, 1, 1), 4, 75)
    assert Feedback.objects.none().tally().share is None


def test_editors_read_the_newest_first_with_the_share_of_yes(editor_client, answered):
    Feedback.objects.filter(comment="Takk!").update(created_on=date(2026, 1, 1))
    body = editor_client.get(reverse("admin:pages_feedback_changelist")).content.decode()
    assert body.index("Uklart") < body.index("Takk!")
    assert "60 % svarte ja." in body
    of_page = {"model": "pages.page", "object_id": answered.pk}
    body = editor_client.get(reverse("admin:pages_feedback_changelist"), of_page).content.decode()
    assert "75 % svarte ja." in body and "Uklart" not in body
    with_words = editor_client.get(reverse("admin:pages_feedback_changelist"), {"comment": "with"})
    assert "50 % svarte ja." in with_words.content.decode()


def test_editors_see_where_there_is_most_to_mend(editor_client, answered):
    body = editor_client.get(reverse("admin:pages_feedback_per_page")).content.decode()
    assert "75 %" in body and "0 %" in body
    assert f"object_id={answered.pk}" in body
    Page.objects.filter(pk=answered.pk).delete()
    assert (
        "(slettet)" in editor_client.get(reverse("admin:pages_feedback_per_page")).content.decode()
    )


def test_a_pages_own_form_tells_what_was_answered(editor_client, answered):
    body = editor_client.get(
        reverse("admin:pages_page_change", args=[answered.pk])
    ).content.decode()
    assert "75 % svarte ja." in body and f"object_id={answered.pk}" in body
    untouched = Page.objects.get(code="contact").pk
    assert (
        "svarte ja"
        not in editor_client.get(
            reverse("admin:pages_page_change", args=[untouched])
        ).content.decode()
    )


def test_the_list_costs_the_same_for_many_answers(
    editor_client, answered, django_assert_max_num_queries
):
    for _time in range(50):
        Feedback.objects.create(
            model="programmes.measure",
            object_id=Measure.objects.first().pk,
            language="nb",
            is_helpful=True,
        )
    with django_assert_max_num_queries(14):
        editor_client.get(reverse("admin:pages_feedback_changelist"))


@pytest.mark.parametrize("role", ["Skribent", "Oversetter", "Redaktør"])
def test_nobody_writes_in_what_visitors_have_said_and_editors_may_delete_it(
    client, django_user_model, answered, role
):
    """A name that somebody wrote must be got rid of, by whoever may delete."""
    user = django_user_model.objects.create_user("noen", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    row = Feedback.objects.with_comment().first()
    assert client.get(reverse("admin:pages_feedback_changelist")).status_code == 200
    assert client.get(reverse("admin:pages_feedback_add")).status_code == 403
    change = reverse("admin:pages_feedback_change", args=[row.pk])
    assert client.post(change, {"comment": "Et annet"}).status_code == 403
    data = {"action": "delete_selected", "post": "yes", "_selected_action": [row.pk]}
    client.post(reverse("admin:pages_feedback_changelist"), data)
    assert Feedback.objects.filter(pk=row.pk).exists() == (role != "Redaktør")


def test_comments_are_forgotten_after_a_year_and_counts_are_kept(answered):
    today = timezone.localdate()
    Feedback.objects.filter(comment="Takk!").update(created_on=today - timedelta(days=366))
    Feedback.objects.filter(comment="Uklart").update(created_on=today - timedelta(days=365))
    call_command("forget_comments", verbosity=0)
    assert list(Feedback.objects.with_comment().values_list("comment", flat=True)) == ["Uklart"]
    assert Feedback.objects.of(answered).tally() == Tally(3, 1, 0)


def test_what_is_stored_and_for_how_long_is_told_in_each_language(client):
    for path, words in {
        "/personvern/": "Setningen sletter vi etter ett år",
        "/nn/personvern/": "Setninga slettar vi etter eitt år",
        "/en/privacy/": "We delete the sentence after a year",
    }.items():
        assert words in client.get(path).content.decode()


def test_a_sheet_is_read_whatever_is_in_it():
    assert read({}).is_helpful is None
    assert read({"helpful": "no"}).is_helpful is False
    assert read({TRAP: " "}).is_trapped
