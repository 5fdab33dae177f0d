"""The first content: written once, never over an editor's work."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pages.models import Collage, CollageImage, Image, Page, Section
from programmes.models import Action, Audience, Measure, Period, Seeded, Source
from programmes.seeding import SEED_DIR, SeedError, seed
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
    assert Measure.objects.count() == 11
    assert {m.period.code for m in Measure.objects.all()} == {"2014-2020"}
    assert [a.measures.count() for a in Action.objects.all()] == [3, 4, 4]
    for measure in Measure.objects.all():
        assert measure.audiences.exists(), measure
        assert measure.sources.exists(), measure
        for language in ("nb", "nn", "en"):
            for name in ("who_can_apply", "managed_by", "what_is_funded", "how_to_apply", "today"):
                assert getattr(measure, f"{name}_{language}"), (measure, name, language)


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


def test_what_an_editor_deleted_stays_deleted():
    Measure.objects.get(code="knowledge").delete()
    section = Section.objects.filter(page__code="about").first()
    section.delete()
    seed()
    assert not Measure.objects.filter(code="knowledge").exists()
    assert not Section.objects.filter(pk=section.pk).exists()


def test_the_seed_can_be_written_beside_what_editors_deleted():
    """The site would not start any more after one deletion in the admin."""
    Source.objects.all().delete()
    Audience.objects.get(code="owner").delete()
    CollageImage.objects.all().delete()
    Action.objects.update(image=None, collage=None)
    Page.objects.update(image=None)
    Collage.objects.all().delete()
    Image.objects.all().delete()
    seed()
    assert not Source.objects.exists()
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
    for number in range(3):
        CollageImage.objects.all().delete()
        Action.objects.update(image=None)
        Page.objects.update(image=None)
        Image.objects.all().delete()
        Seeded.objects.filter(model="image").delete()
        seed()
        assert seed().renewed == 0, number
        assert len(list((media / "originals").iterdir())) == 16


def test_a_row_that_left_the_files_leaves_the_collage_unless_touched(folder):
    text = (folder / "collages.toml").read_text()
    last = text.rindex("[[collage.image]]")
    (folder / "collages.toml").write_text(text[:last])
    rows = CollageImage.objects.filter(collage__code="barneskole").count()
    assert seed(folder).removed == 1
    assert CollageImage.objects.filter(collage__code="barneskole").count() == rows - 1


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
    for model in (Measure, Action, Page, Collage, Period, Audience, Source):
        model.objects.all().delete()
    Image.objects.all().delete()
    change(folder, file, old, new)
    with pytest.raises(SeedError) as caught:
        seed(folder)
    for part in told:
        assert part in str(caught.value)
    assert not Image.objects.exists()
    assert not Seeded.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_the_command_says_that_nothing_was_written(folder):
    change(folder, "actions.toml", "heading =", "headline =")
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("seed_content", folder=folder)
