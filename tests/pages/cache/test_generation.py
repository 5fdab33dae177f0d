"""No change of content may go by unseen, however it is made: its readers would be shown yesterday."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from pages.cache import generation, moments
from pages.models import Image, Link, Page, Presence, Revision
from programmes.models import Measure, Source
from tests.factories import make_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once():
    move_at_once()


def move_at_once() -> None:
    """On PostgreSQL the generation moves at the end of a transaction, which a test never reaches."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def moved_by(change) -> bool:
    before = generation.current()
    with transaction.atomic():
        change()
    return generation.current() != before


def by_sql(statement: str):
    def change():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return change


@pytest.mark.parametrize("table", sorted({m._meta.db_table for m in generation.watched_models()}))
def test_every_table_of_content_is_watched(table):
    """A table that is forgotten is a page that stays old."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [table])
            wanted = {f"{table}_generation"}
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            events = ("insert", "update", "delete")
            wanted = {f"{table}_generation_{event}" for event in events}
        assert wanted <= {name for (name,) in cursor.fetchall()}


def test_what_visitors_see_is_watched():
    tables = {model._meta.db_table for model in generation.watched_models()}
    assert {"pages_page", "pages_section", "pages_image", "programmes_measure_sources"} <= tables


@pytest.mark.parametrize(
    "change",
    [
        lambda: make_page(),
        lambda: Page.objects.get(route="home").save(),
        lambda: Page.objects.filter(route="home").update(title_nb="Hjem igjen"),
        lambda: Measure.objects.bulk_create(
            [Measure(action_id=1, period_id=1, position=99, title_nb="a", slug_nb="a")]
        ),
        lambda: Measure.objects.last().delete(),
        lambda: Measure.objects.first().sources.add(Source.objects.last()),
        lambda: Image.objects.first().save(),
        by_sql("UPDATE pages_page SET title_en = 'Plainly'"),
        by_sql("DELETE FROM programmes_measure_sources"),
    ],
    ids=["new", "saved", "update", "bulk", "deleted", "many", "picture", "sql", "sql-delete"],
)
def test_every_way_of_changing_moves_it(change):
    assert moved_by(change)


def test_a_migration_of_data_moves_it():
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    state = executor.loader.project_state(executor.loader.graph.leaf_nodes())
    page = state.apps.get_model("pages", "Page")
    assert moved_by(lambda: page.objects.filter(route="home").update(title_nb="Flyttet"))


def test_what_only_editors_see_leaves_it(editor):
    page = Page.objects.first()
    assert not moved_by(lambda: Presence.note(page, editor))
    assert not moved_by(lambda: Link.objects.create(address="https://eksempel.no/"))
    assert not moved_by(lambda: Revision.objects.all().delete())
    assert not moved_by(editor.save)


def test_it_is_taken_back_with_what_moved_it():
    before = generation.current()
    with transaction.atomic():
        make_page()
        assert generation.current() != before
        transaction.set_rollback(True)
    assert generation.current() == before


def test_it_never_comes_back():
    seen = {generation.current()}
    for _time in range(20):
        generation.move()
        seen.add(generation.current())
    assert len(seen) == 21


def test_without_its_row_no_page_holds():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pages_generation")
    assert generation.current() != generation.current()
    generation.watch()
    assert generation.current() == generation.current()


def test_an_older_release_without_a_generation_can_still_save():
    """Taking a release back must not leave triggers that move what is no longer there."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pages_generation RENAME TO put_away")
        generation.watch()
        cursor.execute("UPDATE pages_page SET title_nb = 'Lagret'")
        cursor.execute("ALTER TABLE put_away RENAME TO pages_generation")
    # Moved in this very transaction, it would not move again in it.
    with transaction.atomic():
        generation.watch()
    move_at_once()
    assert moved_by(lambda: make_page())


# --- Moments -------------------------------------------------------------------------------


def test_a_moment_that_had_passed_is_to_come_again_when_the_clock_is_set_back():
    """Pages shown meanwhile would never hear of it, and stay without what is published then."""
    now = timezone.now()
    make_page("Planlagt", publish_at=now + timedelta(days=1))
    current = generation.current()
    assert moments.next_moment(current, now + timedelta(days=2)) is None
    assert moments.next_moment(current, now) == now + timedelta(days=1)


def test_the_next_moment_is_the_first_of_all_to_come():
    now = timezone.now()
    assert moments.next_moment(generation.current(), now) is None
    make_page("En", publish_at=now + timedelta(days=2))
    Measure.objects.filter(pk=Measure.objects.first().pk).update(
        withdraw_at=now + timedelta(days=1)
    )
    current = generation.current()
    assert moments.next_moment(current, now) == now + timedelta(days=1)
    assert moments.next_moment(current, now + timedelta(days=1)) == now + timedelta(days=2)
    assert moments.next_moment(current, now + timedelta(days=2)) is None


def test_moments_are_asked_for_once_in_a_generation(django_assert_num_queries):
    current, now = generation.current(), timezone.now()
    moments.next_moment(current, now)
    with django_assert_num_queries(0):
        moments.next_moment(current, now + timedelta(seconds=1))
