"""Body text: what an editor may write is what a visitor gets, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.models import Page
from pages.prose import DEEPEST, LONGEST, clean_prose, is_beyond_reason, render_prose
from tests.factories import make_page

HOSTILE = (
    '<p onclick="x()">Hei <script>alert(1)</script><a href="javascript:alert(1)">der</a>'
    '<img src=x onerror=alert(1)><h1>Stor</h1><style>*{}</style><iframe src="//x"></iframe></p>'
)


def test_the_vocabulary_is_kept():
    text = (
        '<p>En <strong>fet</strong> og <em>skrå</em> <a href="/om/">lenke</a></p>'
        "<h3>Tittel</h3><ul><li>a</li></ul><ol><li>b</li></ol>"
    )
    assert clean_prose(text).replace(' rel="noopener noreferrer"', "") == text


def test_everything_else_is_removed():
    clean = clean_prose(HOSTILE)
    for evil in ("script", "onclick", "javascript", "onerror", "<img", "<h1", "<style", "iframe"):
        assert evil not in clean
    assert "Hei" in clean
    assert "Stor" in clean


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["create", "save", "update", "bulk_create", "get_or_create"])
def test_no_door_to_the_database_lets_a_script_through(door):
    """An import or a console session would put a script on the page of every visitor."""
    page = make_page()
    if door == "create":
        page = make_page("Ny", body_nb=HOSTILE, body_en=HOSTILE)
    elif door == "save":
        page.body_nb = page.body_en = HOSTILE
        page.save()
    elif door == "update":
        Page.objects.filter(pk=page.pk).update(body_nb=HOSTILE, body_en=HOSTILE)
    elif door == "bulk_create":
        (page,) = Page.objects.bulk_create(
            [Page(title_nb="Mange", path_nb="mange", body_nb=HOSTILE, body_en=HOSTILE)]
        )
    else:
        page, _new = Page.objects.get_or_create(
            title_nb="En", defaults={"body_nb": HOSTILE, "body_en": HOSTILE}
        )
    page.refresh_from_db()
    for text in (page.body_nb, page.body_en):
        assert "script" not in text
        assert "Hei" in text


def test_what_lies_dirty_in_the_database_is_cleaned_on_its_way_out():
    assert "script" not in render_prose(HOSTILE)


@given(st.text(alphabet="<>/abph3 =\"'&;lius", max_size=60))
def test_cleaning_twice_is_cleaning_once(html):
    assert clean_prose(clean_prose(html)) == clean_prose(html)


@given(st.text(max_size=200))
def test_no_text_breaks_the_cleaner(text):
    assert "<script" not in clean_prose(text).lower()


def test_a_text_that_would_take_hours_to_clean_is_told_from_a_long_one():
    """A form of a few megabytes of tags kept a server's process busy for hours."""
    assert is_beyond_reason("<div>" * (DEEPEST + 1))
    assert is_beyond_reason("x" * (LONGEST + 1))
    assert not is_beyond_reason("<p>Linje<br>Linje</p>" * 4_000)
    assert not is_beyond_reason("<ul><li>" * (DEEPEST // 2))
