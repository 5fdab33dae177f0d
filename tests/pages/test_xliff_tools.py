"""Translators' files as tools and people send them back: late, packed, half done, with marks gone astray."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pages import importing, packed, publishing, snapshots, xliff
from pages.models import Draft, Image, Page, Section
from pages.translating import export
from programmes.models import Action, Audience, Measure
from tests.factories import make_page
from tests.pages.test_admin import url
from tests.pages.test_roles import TRANSLATOR, person
from tests.pages.test_xliff_admin import bring_in, draft_field, live_page, translated, upload

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
__all__ = ["live_page"]


def refused(answer) -> list[str]:
    return [r.reason for outcome, _url in answer.context_data["outcomes"] for r in outcome.refused]


# --- Late -------------------------------------------------------------------------------------


def test_a_translation_mended_here_meanwhile_is_not_undone(editor_client, live_page):
    """Whoever sends a whole file back has looked at one text; the others are as they were long ago."""
    data = export([live_page], "en")
    Page.objects.filter(pk=live_page.pk).update(lead_en="Mended here.")
    back = translated(data, title="Our journey", lead="About the trip.")
    bring_in(editor_client, back)
    assert draft_field(live_page, "title_en") == "Our journey"
    assert draft_field(live_page, "lead_en") == "Mended here."


def test_what_was_translated_both_here_and_there_is_refused_with_both(editor_client, live_page):
    data = translated(export([live_page], "en"), lead="Translated there.")
    Page.objects.filter(pk=live_page.pk).update(lead_en="Mended here.")
    answer = upload(editor_client, data)
    assert answer.context_data["accepted"] == 0
    html = answer.content.decode()
    assert "Oversettelsen er endret her siden eksporten." in html
    assert re.search("<del>.*Mended.*</del>", html) and re.search("<ins>.*there.*</ins>", html)


def test_a_new_section_is_known_again_when_its_draft_has_been_published(
    editor_client, editor, live_page
):
    """Its translation, paid for while it was a draft, would be thrown away."""
    live = snapshots.take(live_page)
    fields = {**live["parts"]["sections"][0]["fields"], "heading_nb": "Ny del", "heading_en": ""}
    added = {"key": snapshots.new_key(), "fields": fields, "many": {}}
    parts = {"sections": [*live["parts"]["sections"], added]}
    draft = publishing.keep_draft(live_page, live, {**live, "parts": parts}, editor)
    data = export([live_page], "en", only_lacking=True)
    assert b"pages.section:-" in data
    data = data.replace(b'<target state="new" />', b'<target state="translated">New part</target>')
    publishing.publish_draft(draft, editor)
    section = Section.objects.get(page=live_page, heading_nb="Ny del")
    preview, _report = bring_in(
        editor_client, re.sub(rb"<trans-unit id=.pages.page.*?</trans-unit>", b"", data)
    )
    assert (preview.context_data["accepted"], refused(preview)) == (1, [])
    kept = Draft.objects.of(live_page).get().snapshot["parts"]["sections"]
    assert {s["fields"]["heading_en"] for s in kept if s["key"] == section.pk} == {"New part"}


@pytest.mark.parametrize("title", ["Over 10\xa0% får støtte", "To  mellomrom"])
def test_a_title_comes_back_with_the_spaces_it_had(editor_client, title):
    """A space that holds a number and its unit together would be lost."""
    page = make_page(title_nb=title, title_en=title)
    context = upload(editor_client, export([page], "en")).context_data
    assert (context["accepted"], context["refused"]) == (0, 0)
    data = translated(export([page], "en"), title="Over 20\xa0%\n\n  get\tsupport")
    bring_in(editor_client, data)
    assert draft_field(page, "title_en") == "Over 20\xa0% get support"


# --- Half done --------------------------------------------------------------------------------


def filled_with_sources(data: bytes, state: str) -> bytes:
    """Return the file as a tool writes it that shows the source where there is no translation."""
    pattern = r'(<source>)((?:(?!</source>).)*)(</source>)<target state="new" />'
    filled = (
        rf'\1\2\3<target state="{state}">\2</target>' if state else r"\1\2\3<target>\2</target>"
    )
    return re.sub(pattern, filled, data.decode(), flags=re.DOTALL).encode()


@pytest.mark.parametrize("state", ["new", "needs-translation", ""])
def test_sources_that_a_tool_has_put_into_empty_targets_are_no_translation(
    editor_client, live_page, state
):
    """An English page would be in Norwegian."""
    data = filled_with_sources(export([live_page], "en"), state)
    assert data.count(b"<target") - data.count(b"<target />") > 2
    context = upload(editor_client, data).context_data
    assert (context["accepted"], context["refused"]) == (0, 0)


def test_one_paragraph_left_in_norwegian_makes_a_text_half_translated(editor_client, live_page):
    data = translated(export([live_page], "en"), body_2="Train")
    assert refused(upload(editor_client, filled_with_sources(data, "new"))) == [
        "Bare en del av teksten er oversatt."
    ]


# --- Marks gone astray ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        'We went by rail to Italy <g id="1"/><g id="2"/>.',
        'We <g id="1">went</g> to Italy<g id="2"> </g>.',
    ],
)
def test_a_link_around_nothing_is_refused(editor_client, live_page, target):
    """Nobody could see it or follow it, but a screen reader would stop there."""
    data = translated(export([live_page], "en"), body_1=target, body_2="Train")
    (reason,) = refused(upload(editor_client, data))
    assert "Lenker, fet" in reason


def test_a_link_within_a_link_is_refused(editor_client):
    page = make_page(body_nb='<p><a href="/a/">en</a> og <a href="/b/">to</a></p>')
    target = '<g id="1"><g id="2">one</g> and two</g>'
    (reason,) = refused(upload(editor_client, translated(export([page], "en"), body_1=target)))
    assert "Lenker, fet" in reason


# --- As they come from tools ------------------------------------------------------------------

TOOLS = {
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "cdata": lambda text: text.replace(">All about it.<", "><![CDATA[All about it.]]><"),
    "a comment": lambda text: text.replace("All about it.", "All<!-- checked --> about it."),
    "older suggestions": lambda text: text.replace(
        "</trans-unit>",
        '<alt-trans match-quality="80"><source>x</source><target>No</target></alt-trans></trans-unit>',
    ),
    "segments": lambda text: text.replace(
        ">All about it.<",
        '><mrk mtype="seg" mid="0">All </mrk><mrk mtype="seg" mid="1">about it.</mrk><',
    ),
    "a prefix": lambda text: re.sub(r"(</?)(?=[a-z])", r"\1x:", text).replace("xmlns=", "xmlns:x="),
    "country codes": lambda text: text.replace('"nb"', '"nb-NO"').replace('"en"', '"en-GB"'),
    "no digests": lambda text: re.sub(r' site:\w+="\w*"', "", text),
    "its own elements": lambda text: text.replace(
        "<body>", '<header><phase-group/></header><t:x xmlns:t="urn:t"/><body>'
    ),
}


@pytest.mark.parametrize("change", TOOLS.values(), ids=TOOLS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_whatever_a_tool_does_around_it_the_translation_is_found(
    editor_client, live_page, change, encoding
):
    text = change(translated(export([live_page], "en"), lead="All about it.").decode())
    text = text.replace("encoding='utf-8'", f"encoding='{encoding.removesuffix('-sig')}'")
    answer = upload(editor_client, text.encode(encoding))
    ((outcome, _url),) = answer.context_data["outcomes"]
    assert [(p.label, p.value) for p in outcome.accepted] == [("Ingress", "All about it.")]
    assert not outcome.refused


# --- Packed -----------------------------------------------------------------------------------


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_an_archive_comes_back_as_it_was_sent(editor_client, live_page):
    chosen = {"action": "export_translations", "_selected_action": [live_page.pk]}
    values = {"export": "x", "languages": ["nn", "en"], "what": "all"}
    answer = editor_client.post(url(Page, "changelist"), chosen | values)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files = {f"fra oversetter/{n}": translated(d, lead=f"Om {n[-6:-4]}") for n, d in files.items()}
    files |= {"__MACOSX/._a.xlf": b"junk", "les meg.txt": b"hei", "../../x.XLF": xliff.write([])}
    preview, _report = bring_in(editor_client, zipped(**files))
    assert preview.context_data["languages"] == ["English", "Nynorsk"]
    assert draft_field(live_page, "lead_nn") == "Om nn"
    assert draft_field(live_page, "lead_en") == "Om en"


def test_the_same_text_twice_in_an_archive_is_not_settled_by_chance(editor_client, live_page):
    data = export([live_page], "en")
    answer = upload(
        editor_client,
        zipped(**{f"{word}.xlf": translated(data, lead=word) for word in ("One", "Two")}),
    )
    assert answer.context_data["accepted"] == 1
    assert refused(answer) == ["Oversettelsen er endret her siden eksporten."]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (zipped(**{"a.xlf": b"<xliff>\n<file>\n</xliff>"}), "a.xlf: .*linje 3"),
        (zipped(**{"a.xlf": b" " * (xliff.MAX_SIZE + 1)}), "a.xlf: .*5 MB"),
        (zipped(**{f"{n}.xlf": b"" for n in range(packed.MAX_FILES + 1)}), "50 filer"),
        (zipped(**{"a.xlf": b"<a/>"})[:-9], "pakkes ut"),
        (zipped(**{"a.xlf": b"<a/>"}).replace(b"<a/>", b"<b/>"), "."),
        (b"PK\x03\x04", "pakkes ut"),
    ],
    ids=["broken", "bomb", "many", "cut", "changed", "beginning"],
)
def test_an_archive_that_cannot_be_read_is_refused_with_a_reason(data, says):
    with pytest.raises(xliff.UnreadableError, match=says):
        packed.read(data)


def test_many_large_files_in_an_archive_are_refused_together(monkeypatch):
    """Each is small enough, and all of them are a bomb."""
    monkeypatch.setattr(packed, "MAX_UNPACKED", 2000)
    file = xliff.write([]).ljust(900)
    assert packed.read(zipped(**{f"{n}.xlf": file for n in range(2)})) == []
    with pytest.raises(xliff.UnreadableError, match="20 MB"):
        packed.read(zipped(**{f"{n}.xlf": file for n in range(3)}))


def test_an_archive_locked_with_a_password_is_refused():
    data = bytearray(zipped(**{"a.xlf": xliff.write([])}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(xliff.UnreadableError, match="pakkes ut"):
        packed.read(bytes(data))


# --- The way in -------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Page, Action, Measure, Image, Audience])
def test_the_list_that_exports_leads_to_the_import(editor_client, model):
    door = reverse("admin:pages_translationfile_add")
    html = editor_client.get(url(model, "changelist")).content.decode()
    assert f'<a href="{door}">Importer oversettelser</a>' in html


def test_a_translator_finds_the_way_in_too(client):
    """Who may add no pages still brings translations back."""
    client.force_login(person(TRANSLATOR))
    html = client.get(url(Page, "changelist")).content.decode()
    assert f'<a href="{reverse("admin:pages_translationfile_add")}">Importer over' in html


def _in_words(source, word):
    """Return `source` with `word` for each stretch of text."""
    return tuple(word if isinstance(piece, str) else piece for piece in source)


# --- What is filled in is what comes out --------------------------------------------------------

typed = st.text(
    st.one_of(st.sampled_from(" æøå&<>\"'\xa0«»–;#"), st.characters(codec="utf-8")), min_size=1
).map(lambda text: re.sub(r"\s+", " ", xliff.speakable(text), flags=re.ASCII).strip() or "x")


@hypothesis_settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40
)
@given(st.data())
def test_what_a_translator_types_is_what_the_page_says(editor, live_page, data):
    """Whatever signs are typed: refused by name or imported to the letter, never something else."""
    (file,) = xliff.read(export([live_page], "en"))
    words = {unit.id: data.draw(typed) for unit in file.units}
    units = tuple(
        replace(unit, target=_in_words(unit.source, words[unit.id]), state="translated")
        for unit in file.units
    )
    sent = xliff.File(file.original, "nb", "en", units)
    importer = importing.Importer(editor, lambda record: True, lambda record: True)
    with publishing.rolled_back():
        (outcome,) = importer.bring_in(xliff.read(xliff.write([sent])))
        again = xliff.read(export([live_page], "en"))[0]
    assert outcome.accepted or outcome.refused
    done = {p.label for p in outcome.accepted}
    for unit in again.units:
        if unit.note in done:
            assert unit.target == next(u.target for u in units if u.id == unit.id)
