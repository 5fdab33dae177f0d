"""The first content: written once, never over an editor's work."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pages.models import Collage, CollageImage, Image, Page, Section
from programmes.models import Action, Audience, Measure, Seeded, Source
from programmes.seeding import SEED_DIR, SeedError, seed
from programmes.seeding.files import KINDS
from tests.factories import make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the seed's files, to change."""
    copy = tmp_path / "seed"
    shutil.copytree(SEED_DIR, copy)
    return copy


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


def test_the_seed_holds_the_whole_document():
    assert Action.objects.count() == 3
    document = Measure.objects.of_period("2014-2020")
    assert document.count() == 11
    assert [document.filter(action=action).count() for action in Action.objects.all()] == [3, 4, 4]
    for measure in document:
        assert measure.audiences.exists(), measure
        assert measure.sources.exists(), measure
        for language in ("nb", "nn", "en"):
            for name in ("who_can_apply", "managed_by", "what_is_funded", "how_to_apply", "today"):
                assert getattr(measure, f"{name}_{language}"), (measure, name, language)


def test_measures_lead_to_measures_that_are_seeded_after_them():
    """Who reads of a measure of the past must come on to today's."""
    larger = Measure.objects.get(code="larger-partnership")
    assert [m.code for m in larger.successors.all()] == ["cooperation-partnership"]
    assert larger.related.filter(code="small-scale-partnership").exists()


@pytest.mark.parametrize("action", ["mobility", "partnerships", "policy"])
def test_todays_measures_are_told_of_in_full_in_each_language(action):
    """A heading would be missing in one language, or the finder would never offer the measure."""
    measures = Measure.objects.of_period("2021-2027").filter(action__code=action)
    assert measures.exists()
    for measure in measures:
        for name in ("audiences", "purposes", "experiences", "sources"):
            assert getattr(measure, name).exists(), (measure, name)
        for language in ("nb", "nn", "en"):
            assert len(getattr(measure, f"title_{language}")) <= 60, measure
            for name in ("who_can_apply", "grant", "managed_by", *Measure.GUIDANCE[:-1]):
                assert getattr(measure, f"{name}_{language}"), (measure, name, language)
            steps = getattr(measure, f"how_to_apply_{language}")
            assert steps.count("<li>") >= 3, (measure, language)
            assert "<ol>" in steps, (measure, language)


def test_seeding_again_changes_nothing():
    before = (
        list(Measure.objects.order_by("pk").values()),
        list(Page.objects.order_by("pk").values()),
    )
    report = seed()
    assert (report.created, report.renewed, report.removed) == (0, 0, 0)
    after = (
        list(Measure.objects.order_by("pk").values()),
        list(Page.objects.order_by("pk").values()),
    )
    assert after == before


def test_an_editors_words_are_never_overwritten(folder):
    page = Page.objects.get(code="about")
    page.lead_nb = "Redaktørens egne ord."
    page.save()
    change(folder, "pages.toml", 'title = { nb = "Om nettstedet"', 'title = { nb = "Om oss"')
    seed(folder)
    page.refresh_from_db()
    assert page.lead_nb == "Redaktørens egne ord."
    assert page.title_nb == "Om oss", "what the editor did not touch follows the seed"


def test_a_new_release_renews_what_nobody_touched(folder):
    change(folder, "actions.toml", 'title = { nb = "Mobilitet"', 'title = { nb = "Reiser"')
    assert seed(folder).renewed == 1
    assert Action.objects.get(code="mobility").title_nb == "Reiser"


def test_a_release_that_mends_one_language_makes_no_translation_stale(folder):
    """Editors would be asked to look through translations that the seed's authors have looked through."""
    change(folder, "actions.toml", 'title = { nb = "Mobilitet"', 'title = { nb = "Reiser"')
    seed(folder)
    assert Action.objects.get(code="mobility").outdated == {}


def test_an_editors_translation_is_stale_when_a_release_changes_its_source(folder):
    action = Action.objects.get(code="mobility")
    action.title_nn = "Mine eigne ord"
    action.save()
    change(folder, "actions.toml", 'title = { nb = "Mobilitet"', 'title = { nb = "Reiser"')
    seed(folder)
    assert Action.objects.get(code="mobility").outdated == {"nn": {"title": "Mobilitet"}}


def test_what_an_editor_deleted_stays_deleted():
    Measure.objects.get(code="knowledge").delete()
    section = Section.objects.filter(page__code="about").first()
    section.delete()
    seed()
    assert not Measure.objects.filter(code="knowledge").exists()
    assert not Section.objects.filter(pk=section.pk).exists()


def test_the_seed_can_be_written_beside_what_editors_deleted():
    """The site would not start any more after one deletion in the admin."""
    Source.objects.get(code="oead").delete()
    Audience.objects.get(code="owner").delete()
    CollageImage.objects.all().delete()
    Action.objects.update(image=None, collage=None)
    Page.objects.update(image=None)
    Section.objects.update(collage=None)
    Collage.objects.all().delete()
    Image.objects.all().delete()
    seed()
    assert not Source.objects.filter(code="oead").exists()
    assert not CollageImage.objects.exists()


def test_an_address_that_an_editor_took_first_is_left_to_them(folder):
    make_page("Begynn her", languages=("nb",), slug_nb="begynn-her")
    (folder / "new.toml").write_text(
        '[[page]]\ncode = "start"\nposition = 50\n'
        'title = { nb = "Begynn her" }\nslug = { nb = "begynn-her" }\n'
    )
    report = seed(folder)
    assert len(report.refused) == 1
    assert "slug_nb" in report.refused[0]
    assert not Page.objects.filter(code="start").exists()


def test_the_seed_reorders_what_nobody_touched(folder):
    text = (folder / "actions.toml").read_text()
    for old, new in (("1", "9"), ("2", "1"), ("9", "2")):
        text = text.replace(f"\nposition = {old}\n", f"\nposition = {new}\n", 1)
    (folder / "actions.toml").write_text(text)
    seed(folder)
    codes = list(Action.objects.values_list("code", flat=True))
    assert codes == ["partnerships", "mobility", "policy"]
    assert seed(folder).renewed == 0


def test_a_site_that_lost_its_database_and_kept_its_pictures_is_seeded_once(media):
    drawings = Image.objects.count()
    for number in range(3):
        CollageImage.objects.all().delete()
        Action.objects.update(image=None)
        Page.objects.update(image=None)
        Image.objects.all().delete()
        Seeded.objects.filter(model="image").delete()
        seed()
        assert seed().renewed == 0, number
        assert len(media.names("originals")) == drawings


def test_a_row_that_left_the_files_leaves_the_collage_unless_touched(folder):
    text = (folder / "collages.toml").read_text()
    last = text.rindex("[[collage.image]]")
    (folder / "collages.toml").write_text(text[:last])
    rows = CollageImage.objects.filter(collage__code="avtaler").count()
    assert seed(folder).removed == 1
    assert CollageImage.objects.filter(collage__code="avtaler").count() == rows - 1


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("pages.toml", "[[page]]", "[[page", ["pages.toml", "line"]),
        ("pages.toml", 'code = "about"', 'kode = "about"', ["pages.toml", "page number", "code"]),
        ("pages.toml", 'code = "about"', 'code = "contact"', ["pages.toml", "contact", "twice"]),
        (
            "audiences.toml",
            "[[audience]]",
            "[[audeince]]\n[[audience]]",
            ["audiences.toml", "audeince"],
        ),
        (
            "actions.toml",
            'image = "mobilitet-tog"',
            'image = "buss"',
            ["mobility", "image", "buss"],
        ),
        ("actions.toml", "heading =", "headline =", ["actions.toml", "mobility", "headline"]),
        (
            "actions.toml",
            'slug = { nb = "mobilitet",',
            "slug = {",
            ["mobility", "slug.nb", "missing"],
        ),
        (
            "actions.toml",
            'management_mode = "centralised"',
            'management_mode = "regional"',
            ["actions.toml", "policy", "management_mode"],
        ),
        ("periods.toml", "first_year = 2014", 'first_year = "abc"', ["2014-2020", "first_year"]),
        ("images.toml", "focal_x = 0.5", "focal_x = nan", ["images.toml"]),
        ("audiences.toml", 'code = "owner"', 'code = ["owner"]', ["audiences.toml", "code"]),
        ("actions.toml", 'code = "policy"', 'code = "policy"\nid = 7', ["policy", "id"]),
        ("pages.toml", 'code = "your-rights"', 'code = "when-you-read"', ["privacy", "twice"]),
        ("images.toml", "hjem.webp", "borte.webp", ["images.toml", "hjem", "borte.webp"]),
        ("measures-mobility.toml", "position = 1", 'position = "x"', ["course-abroad", "position"]),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_written(folder, media, file, old, new, told):
    """A half-seeded site would look finished and be wrong."""
    Seeded.objects.all().delete()
    Page.objects.exclude(parent=None).delete()
    for kind in reversed(KINDS.values()):
        kind.model.objects.all().delete()
    change(folder, file, old, new)
    with pytest.raises(SeedError) as caught:
        seed(folder)
    for part in told:
        assert part in str(caught.value)
    assert not Image.objects.exists()
    assert not Seeded.objects.exists()
    assert media.names() == set()


def test_the_command_says_that_nothing_was_written(folder):
    change(folder, "actions.toml", "heading =", "headline =")
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("seed_content", folder=folder)


LINKING = """
[[page]]
code = "aa-linking"
position = 60
title = { nb = "Les mer" }
body = { nb = '<p><a href="/senere/#a">Senere</a> og <a href="/om-nettstedet/">om oss</a>.</p>' }

[[page.section]]
code = "more"
heading = { nb = "Mer" }
body = { nb = '<p><a href="/for-skole-og-barnehage/mobilitet/">Mobilitet</a></p>' }

[[page]]
code = "zz-later"
position = 61
title = { nb = "Senere" }
"""


def test_links_between_seeded_rows_are_references_and_no_editors_work(folder):
    """The seed would take its own links for an editor's words, and never renew that text again."""
    (folder / "new.toml").write_text(LINKING)
    assert (report := seed(folder)).created == 3
    assert report.renewed == 0
    page, later = (Page.objects.get(code=code) for code in ("aa-linking", "zz-later"))
    assert f"/lenke/pages.page/{later.pk}/#a" in page.body_nb
    assert "/lenke/programmes.action/" in page.sections.get().body_nb
    assert seed(folder).renewed == 0
    page.save()
    later.slug_nb = "mye-senere"
    later.save()
    assert seed(folder).renewed == 0, "a renamed page is linked to all the same"
    change(folder, "new.toml", "Senere</a> og", "Senere</a> eller")
    assert seed(folder).renewed == 1
    page.refresh_from_db()
    assert "eller" in page.body_nb


def test_questions_are_asked_and_answered_alike_in_each_language():
    """A question that stands in one language only is an answer that others miss."""
    sections = Section.objects.filter(page__code="questions")
    counts = {
        language: [getattr(s, f"body_{language}").count("<h3>") for s in sections]
        for language in ("nb", "nn", "en")
    }
    assert sum(counts["nb"]) >= 30
    assert counts["nb"] == counts["nn"] == counts["en"]
