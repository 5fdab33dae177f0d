"""Drafts stand on snapshots: what they say must come back, and a live row must never notice."""

import pytest
from django.apps import apps
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages import publishing, snapshots
from pages.models import Collage, Generation, Image, Page, Section
from programmes.models import Action, Measure
from tests.factories import make_page

pytestmark = pytest.mark.django_db

MODELS = [Page, Action, Measure, Collage, Image]


def everything() -> dict[str, list]:
    """Return every row of every table of the site, but for the token that tells that one was touched."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for app in ("pages", "programmes")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model is not Generation
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_snapshot_of_what_nobody_changed_says_so(model):
    for record in model.objects.all()[:3]:
        taken = snapshots.take(record)
        assert snapshots.changes(taken, snapshots.take(model.objects.get(pk=record.pk))) == []


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


@given(
    titles=st.lists(WORDS.filter(str.strip), min_size=3, max_size=3),
    headings=st.lists(WORDS, max_size=4),
    deleted=st.sets(st.integers(0, 1)),
    position=st.integers(0, 30),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_draft_leaves_every_row_as_it_was_and_publishes_what_it_said(
    db, titles, headings, deleted, position
):
    """A draft that touched the live page, or went live as something else than was seen, is the end of trust."""
    with publishing.rolled_back():
        page = make_page()
        for number in range(2):
            Section.objects.create(page=page, position=number + 1, heading_nb=f"Del {number}")
        make_page("Under", parent=page)
        before, live = everything(), snapshots.take(page)
        with publishing.rolled_back():
            _edit(page, titles, headings, deleted, position)
            wanted = snapshots.take(page)
        assert everything() == before
        page = Page.objects.get(pk=page.pk)
        draft = publishing.keep_draft(page, live, wanted, None)
        without_draft = {**everything(), "pages.Draft": before["pages.Draft"]}
        assert without_draft == before
        if draft is None:
            return
        draft.refresh_from_db()
        with publishing.rolled_back():
            publishing.apply_draft(draft, Page.objects.get(pk=page.pk))
        assert {**everything(), "pages.Draft": before["pages.Draft"]} == before
        publishing.publish_draft(draft, None)
        assert said(snapshots.take(Page.objects.get(pk=page.pk))) == said(wanted)
        assert not Section.objects.filter(pk__lt=0).exists()


def said(snapshot):
    """What a snapshot says to readers: the keys of new parts become others at publication."""
    parts = sorted(
        str(sorted(part["fields"].items(), key=str)) for part in snapshot["parts"]["sections"]
    )
    return snapshot["fields"], parts


def _edit(page, titles, headings, deleted, position):
    page.title_nb, page.title_nn, page.title_en = (f"x{title}" for title in titles)
    page.position = position
    page.slug_nb = ""
    page.save()
    sections = list(page.sections.all())
    for number in deleted:
        sections[number].delete()
    for number, heading in enumerate(headings):
        Section.objects.create(
            pk=snapshots.new_key(), page=page, position=number, heading_nb=heading
        )


def test_a_part_deleted_in_a_draft_goes_only_when_it_is_published():
    page = make_page()
    part = Section.objects.create(page=page, heading_nb="Borte snart")
    live = snapshots.take(page)
    with publishing.rolled_back():
        part.delete()
        wanted = snapshots.take(page)
    draft = publishing.keep_draft(page, live, wanted, None)
    assert page.sections.count() == 1
    publishing.publish_draft(draft, None)
    assert page.sections.count() == 0


def test_a_draft_keeps_what_was_changed_live_meanwhile():
    """A list dragged while a draft waits must not be dragged back by it."""
    page = make_page()
    live = snapshots.take(page)
    with publishing.rolled_back():
        Page.objects.filter(pk=page.pk).update(title_nb="Nytt navn")
        wanted = snapshots.take(Page.objects.get(pk=page.pk))
    draft = publishing.keep_draft(page, live, wanted, None)
    Page.objects.filter(pk=page.pk).update(position=4321)
    publishing.publish_draft(draft, None)
    page.refresh_from_db()
    assert (page.title_nb, page.position) == ("Nytt navn", 4321)


def test_an_address_taken_meanwhile_is_told_and_nothing_breaks():
    page = make_page("Første")
    live = snapshots.take(page)
    with publishing.rolled_back():
        Page.objects.filter(pk=page.pk).update(slug_nb="ettertraktet")
        wanted = snapshots.take(Page.objects.get(pk=page.pk))
    draft = publishing.keep_draft(page, live, wanted, None)
    make_page("Andre", slug_nb="ettertraktet")
    with publishing.rolled_back():
        problems = publishing.apply_draft(draft, Page.objects.get(pk=page.pk))
    assert problems


def test_a_deleted_record_comes_back_whole_and_unpublished():
    page = make_page("Slettet")
    Section.objects.create(page=page, heading_nb="Del", heading_nn="Del", body_nb="<p>Tekst</p>")
    taken, key = snapshots.take(page), page.pk
    publishing.delete(page, None)
    revision = publishing.Revision.objects.get(object_id=key, kind="deleted")
    record, problems = publishing.restore(revision, None)
    assert problems == []
    assert record.pk == key and record.publish_at is None
    back = snapshots.take(Page.objects.get(pk=key))
    skipped = {"publish_at", "position"}
    assert {n: v for n, v in back["fields"].items() if n not in skipped} == {
        n: v for n, v in taken["fields"].items() if n not in skipped
    }
    assert back["parts"] == taken["parts"]


def test_a_recovered_measure_is_still_known_to_the_code():
    """Without its code a main action would lose its colour and the overview a measure."""
    measure = Measure.objects.first()
    code, key, audiences = measure.code, measure.pk, set(measure.audiences.all())
    publishing.delete(measure, None)
    revision = publishing.Revision.objects.get(object_id=key, kind="deleted")
    record, _problems = publishing.restore(revision, None)
    record = Measure.objects.get(pk=key)
    assert code and record.code == code
    assert set(record.audiences.all()) == audiences


def test_restoring_an_old_version_of_a_live_page_is_a_draft_first():
    page = make_page("Gammel")
    publishing.finish(page, None)
    old = publishing.Revision.objects.of(page).first()
    page = Page.objects.get(pk=page.pk)
    page.title_nb, page.title_nn = "Ny", "Ny"
    page.save()
    publishing.finish(page, None)
    publishing.restore(old, None)
    assert Page.objects.get(pk=page.pk).title_nb == "Ny"
    draft = publishing.draft_of(page)
    publishing.publish_draft(draft, None)
    page = Page.objects.get(pk=page.pk)
    assert (page.title_nb, page.title_nn) == ("Gammel nb", "Gammel nn")


def test_a_due_draft_is_published_once_and_a_faulty_one_harms_nobody(caplog):
    page = make_page()
    live = snapshots.take(page)
    with publishing.rolled_back():
        Page.objects.filter(pk=page.pk).update(title_nb="", title_nn="", title_en="")
        wanted = snapshots.take(Page.objects.get(pk=page.pk))
    draft = publishing.keep_draft(page, live, wanted, None, publish_at=timezone.now())
    assert publishing.publish_due() == 0
    draft.refresh_from_db()
    assert "tittel" in draft.fault
    assert Page.objects.get(pk=page.pk).title_nb
    publishing.Draft.objects.update(fault="")
    with publishing.rolled_back():
        Page.objects.filter(pk=page.pk).update(title_nb="På tide")
        wanted = snapshots.take(Page.objects.get(pk=page.pk))
    publishing.keep_draft(page, live, wanted, None, publish_at=timezone.now())
    assert publishing.publish_due() == 1
    assert publishing.publish_due() == 0
    assert Page.objects.get(pk=page.pk).title_nb == "På tide"
