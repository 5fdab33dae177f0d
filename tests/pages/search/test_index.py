"""Whatever is changed, in whatever way, the next search knows; and what nobody may see is never found."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import (
    Collage,
    CollageImage,
    Image,
    Page,
    SearchChange,
    SearchEntry,
    SearchForm,
    SearchState,
    SearchStem,
    Section,
)
from pages.search import engines, finding, index, watching
from pages.search.sources import Watched, sources
from programmes.models import Action, Audience, Measure, Term
from tests.factories import make_image, make_measure, make_page

pytestmark = pytest.mark.django_db

# What is read on the way to something else, or asked of the content itself at each search.
NOT_SHOWN = {"pages_collage", "programmes_action"}
# A word that stands nowhere on the site.
WORD = "lysegrønnfjær"


def found(text: str = WORD, language: str = "nb", **narrowed) -> list[str]:
    """Return the titles that a search finds, in their order."""
    answers = finding.find(text, language, **narrowed)
    titles = dict(SearchEntry.objects.values_list("pk", "title"))
    return [titles[hit.key] for hit in (*answers.own, *answers.other)]


def by_sql(statement: str, *values):
    def change():
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return change


def _in_file():
    """As a translator's file, a restored version or a draft that is published comes in: by saving a part."""
    Section.objects.first().page.sections.create(heading_nb=WORD, position=99)


def _related():
    image = make_image(caption_nb=WORD, caption_nn=WORD, caption_en=WORD)
    CollageImage.objects.create(collage=Collage.objects.first(), image=image, position=99)


WAYS = {
    "new": lambda: make_page(WORD),
    "saved": lambda: _saved(Page.objects.get(code="contact"), lead_nb=WORD),
    "update": lambda: Page.objects.filter(code="contact").update(lead_nb=WORD),
    "bulk": lambda: Measure.objects.bulk_create([_measure()]),
    "bulk_update": lambda: Measure.objects.bulk_update(_changed(), ["summary_nb"]),
    "section": _in_file,
    "section update": lambda: Section.objects.update(body_nb=f"<p>{WORD}</p>"),
    "caption": lambda: Image.objects.update(caption_nb=WORD),
    "collage": _related,
    "action": lambda: Action.objects.update(introduction_nb=f"<p>{WORD}</p>"),
    "term": lambda: Term.objects.filter(code="consortium").update(definition_nb=WORD),
    "sql": by_sql("UPDATE programmes_measure SET today_nb = %s", f"<p>{WORD}</p>"),
    "sql page": by_sql("UPDATE pages_page SET title_nb = %s WHERE code = 'about'", WORD),
}


def _saved(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def _measure() -> Measure:
    values = {"action_id": Action.objects.first().pk, "period_id": 1, "position": 999}
    words = {"title_nb": WORD, "slug_nb": "fjaer", "summary_nb": "Kort."}
    period = Measure.objects.first().period_id
    return Measure(**{**values, "period_id": period, "publish_at": timezone.now(), **words})


def _changed() -> list[Measure]:
    measures = list(Measure.objects.all()[:3])
    for measure in measures:
        measure.summary_nb = WORD
    return measures


@pytest.mark.parametrize("way", WAYS)
def test_the_next_search_knows_of_every_way_of_saving(way, monkeypatch):
    # How long a visitor waits for very many changes is another matter, and this machine may be busy.
    monkeypatch.setattr(index, "PATIENCE", 60)
    assert found() == []
    WAYS[way]()
    assert found() != []
    assert not SearchChange.objects.exists()


@pytest.mark.parametrize(
    "way",
    [
        lambda page: page.delete(),
        lambda page: Page.objects.filter(pk=page.pk).delete(),
        lambda page: _saved(page, publish_at=None),
        lambda page: Page.objects.filter(pk=page.pk).update(withdraw_at=timezone.now()),
        lambda page: Page.objects.filter(pk=page.pk).update(title_nb=""),
        lambda page: Page.objects.filter(pk=page.pk).update(title_nb="Noe annet"),
        lambda page: by_sql("DELETE FROM pages_page WHERE id = %s", page.pk)(),
    ],
    ids=["deleted", "bulk", "draft", "withdrawn", "untitled", "reworded", "sql"],
)
def test_what_is_gone_is_found_no_longer(way):
    page = make_page(WORD, languages=["nb"])
    assert found() == [f"{WORD} nb"]
    way(page)
    assert found() == []


def test_a_moment_that_passes_needs_no_change():
    """Nothing is saved when a planned page is published, or a withdrawn one goes."""
    now = timezone.now()
    page = make_page(
        WORD, publish_at=now + timedelta(hours=1), withdraw_at=now + timedelta(hours=2)
    )
    assert found() == []
    index.catch_up()
    with connection.cursor() as cursor:
        # Past the triggers: as if the clock had moved.
        for statement in watching._unwatching(connection, [Watched("pages.Page")]):
            cursor.execute(statement)
    moments = Page.objects.filter(pk=page.pk)
    moments.update(publish_at=now - timedelta(hours=1))
    assert not SearchChange.objects.exists()
    assert found() == [f"{WORD} nb"]
    moments.update(withdraw_at=now - timedelta(minutes=1))
    assert found() == []


def test_a_measure_is_not_found_while_its_action_is_not_published():
    make_measure(title_nb=WORD)
    assert found() == [WORD]
    Action.objects.filter(code="mobility").update(publish_at=None)
    assert found() == []


def test_a_change_that_is_taken_back_leaves_no_trace():
    with transaction.atomic():
        make_page(WORD)
        transaction.set_rollback(True)
    assert not SearchChange.objects.exists()
    assert found() == []


def test_a_section_that_moves_is_found_on_its_new_page_only():
    one, other = make_page("Den ene"), make_page("Den andre")
    section = one.sections.create(heading_nb=WORD)
    assert found() == ["Den ene nb"]
    Section.objects.filter(pk=section.pk).update(page=other)
    assert found() == ["Den andre nb"]


def test_for_whom_a_measure_is_can_be_changed():
    measure = make_measure(title_nb=WORD)
    kindergarten = Audience.objects.get(code="kindergarten")
    assert found(facets=["for:kindergarten"]) == []
    measure.audiences.add(kindergarten)
    assert found(facets=["for:kindergarten"]) == [WORD]
    measure.audiences.clear()
    assert found(facets=["for:kindergarten"]) == []


def test_triggers_that_a_migration_has_dropped_are_made_anew():
    """SQLite rebuilds a table to change it, and drops its triggers on the way."""
    with connection.cursor() as cursor:
        for statement in watching._unwatching(connection, watching.all_watched()):
            cursor.execute(statement)
    Page.objects.filter(code="about").update(title_nb=WORD)
    assert not SearchChange.objects.exists()
    call_command("migrate", verbosity=0)
    Page.objects.filter(code="about").update(title_nb=f"{WORD} igjen")
    assert found() == [f"{WORD} igjen"]


def test_every_table_that_is_read_is_watched():
    """A relation that a source reads and does not watch is an answer that stays old."""
    for source in sources():
        with CaptureQueriesContext(connection) as queries:
            for record in source.records():
                list(index._entries(0, source, record))
        read = {name for query in queries for name in re.findall(r'"(\w+_\w+)"\.', query["sql"])}
        assert source.watched[0].table in read
        assert read - {one.table for one in source.watched} - NOT_SHOWN == set()


def test_an_older_release_without_an_index_can_still_save():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pages_searchchange RENAME TO put_away")
        watching.watch()
        cursor.execute("UPDATE pages_page SET title_nb = 'Lagret'")
        cursor.execute("ALTER TABLE put_away RENAME TO pages_searchchange")
    watching.watch()
    make_page(WORD)
    assert found()


def test_a_row_that_very_many_show_is_followed_too(monkeypatch):
    monkeypatch.setattr(index, "BATCH", 3)
    image = make_image(caption_nb=WORD)
    pages = [make_page(f"Side {number}", image=image) for number in range(8)]
    assert len(found()) == 1, "the same picture is shown once"
    Image.objects.filter(pk=image.pk).update(caption_nb="Noe annet")
    assert found() == []
    stale = SearchEntry.objects.filter(object_id__in=[page.pk for page in pages], kind="picture")
    assert WORD not in stale.values_list("title", flat=True)


def test_much_that_is_changed_at_once_is_read_bit_by_bit(monkeypatch):
    """Nobody waits until a whole site has been read."""
    monkeypatch.setattr(index, "BATCH", 2)
    monkeypatch.setattr(index, "PATIENCE", 0)
    for number in range(5):
        make_page(f"{WORD} {number}")
    assert 0 < len(found()) < 5
    while SearchChange.objects.exists():
        found()
    assert len(found()) == 5


def test_the_latest_change_is_read_first(monkeypatch):
    """An editor looks for what was saved a moment ago, whatever else is waiting."""
    index.note_all()
    monkeypatch.setattr(index, "PATIENCE", 0)
    make_page(WORD)
    assert found() == [f"{WORD} nb"]


def test_where_the_index_cannot_be_written_what_there_is_answers(monkeypatch):
    from django.db import OperationalError

    make_page(WORD)

    def locked(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(index, "_batch", locked)
    assert found("kurs")


# --- What the index holds ------------------------------------------------------------------------


def counted() -> tuple[dict, dict]:
    stems = SearchStem.objects.values_list("shelf", "stem", "entries")
    forms = SearchForm.objects.values_list("shelf", "form", "entries")
    return ({(s, w): n for s, w, n in stems}, {(s, w): n for s, w, n in forms})


def test_words_are_counted_as_they_come_and_go():
    """A word that stands nowhere any longer would be proposed for ever."""
    index.catch_up()
    before = counted()
    page = make_page(WORD)
    index.catch_up()
    assert SearchForm.objects.filter(form=WORD).exists()
    page.delete()
    index.catch_up()
    assert counted() == before


def test_made_anew_it_is_the_same():
    index.catch_up()
    before = (counted(), set(SearchEntry.objects.values_list("pk", "digest")))
    assert index.rebuild() > 30
    assert (counted(), set(SearchEntry.objects.values_list("pk", "digest"))) == before
    SearchState.objects.update(rules="of another release")
    assert not index.is_of_these_rules()
    index.rebuild()
    assert (counted(), set(SearchEntry.objects.values_list("pk", "digest"))) == before
    assert index.is_of_these_rules()


def test_making_it_anew_forgets_what_is_gone():
    """As after a database was copied row by row, past all triggers."""
    page = make_page(WORD)
    index.catch_up()
    SearchEntry.objects.filter(object_id=page.pk, model="pages.Page").update(
        object_id=page.pk + 999
    )
    index.rebuild()
    assert not SearchEntry.objects.filter(object_id=page.pk + 999).exists()


def test_the_command_tells_what_it_does():
    told = io.StringIO()
    call_command("reindex", stdout=told)
    assert "records read" in told.getvalue()
    told = io.StringIO()
    make_page(WORD)
    call_command("reindex", changed=True, stdout=told)
    assert told.getvalue() == "Search: 1 records read.\n"
    assert found()


def test_an_unchanged_record_is_not_written_again():
    index.catch_up()
    page = Page.objects.get(code="contact")
    Page.objects.filter(pk=page.pk).update(review_on=timezone.localdate())
    assert SearchChange.objects.exists()
    before = engines.keys_with(index.word("nb", "kontak"), 10)
    with transaction.atomic():
        index.catch_up()
    assert engines.keys_with(index.word("nb", "kontak"), 10) == before
    assert found("kontakt")
