"""Files to and from translators: what comes back becomes a draft, and what no longer fits is refused by name."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from pages import importing, publishing, snapshots, xliff
from pages.models import Draft, Image, Page, Section, TranslationFile
from pages.translating import export
from programmes.models import Action, Audience, Measure
from tests.factories import make_page
from tests.pages.test_roles import EDITOR, TRANSLATOR, person

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

UPLOAD = "admin:pages_translationfile_add"


@pytest.fixture
def live_page():
    page = make_page(
        "Reise",
        lead_nb="Kort om turen.",
        lead_en="About the trip.",
        body_nb='<p>Vi <strong>reiste</strong> til <a href="/om/">Italia</a>.</p><ul><li>Tog</li></ul>',
    )
    Section.objects.create(page=page, position=1, heading_nb="Først", heading_en="First")
    return page


def upload(client, data, name="fra-oversetter.xlf"):
    file = SimpleUploadedFile(name, data, "application/x-xliff+xml")
    return client.post(reverse(UPLOAD), {"file": file}, follow=True)


def bring_in(client, data):
    """Upload, look and press the button; return preview and report."""
    preview = upload(client, data)
    url = preview.redirect_chain[-1][0]
    report = client.post(url, {"seen": preview.context_data["seen"]}, follow=True)
    return preview, report


def translated(data: bytes, **words: str) -> bytes:
    """Return the file with `words` as targets, by the field's name or, for a passage, name_number."""
    text = data.decode()
    for name, target in words.items():
        key = re.sub(r"_(\d)$", r":\1", name)
        pattern = rf'(<trans-unit id="[^"]*:{key}"(?:(?!</trans-unit>).)*?)<target state="[^"]*"(?: />|>.*?</target>)'
        text, count = re.subn(
            pattern, rf'\g<1><target state="translated">{target}</target>', text, flags=re.DOTALL
        )
        assert count == 1, name
    return text.encode()


def changelist_export(client, model, *rows, **values):
    url = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
    data = {"action": "export_translations", "_selected_action": [row.pk for row in rows]}
    return client.post(url, data | values)


def draft_field(record, name):
    return Draft.objects.of(record).get().snapshot["fields"][name]


@pytest.mark.parametrize("model", [Page, Action, Measure, Image, Audience])
def test_every_list_exports_what_is_chosen(editor_client, model):
    rows = model.objects.all()[:2]
    assert "XLIFF" in changelist_export(editor_client, model, *rows).content.decode()
    answer = changelist_export(editor_client, model, *rows, export="x", languages="en", what="all")
    assert answer["Content-Disposition"].endswith('-en.xlf"')
    files = xliff.read(answer.content)
    assert {file.original for file in files} == {f"{model._meta.label_lower}:{r.pk}" for r in rows}
    assert {file.target_language for file in files} == {"en"}


def test_several_languages_come_packed(editor_client, live_page):
    answer = changelist_export(
        editor_client, Page, live_page, export="x", languages=["nn", "en"], what="all"
    )
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert [name[-7:] for name in names] == ["-nn.xlf", "-en.xlf"]


def test_only_what_is_missing_or_outdated(live_page):
    live_page.lead_nb = "Lenger om turen."
    live_page.save()
    (file,) = xliff.read(export([live_page], "en", only_lacking=True))
    states = {unit.id.split(":", 2)[2]: unit.state for unit in file.units}
    assert states == {"lead": "needs-review-translation", "body:1": "new", "body:2": "new"}


def test_nothing_to_translate_is_said_and_not_downloaded(editor_client):
    page = make_page("Ferdig")
    answer = changelist_export(
        editor_client, Page, page, export="x", languages="en", what="lacking"
    )
    assert "ikke noe å oversette" in answer.content.decode()


def test_the_export_holds_the_draft_and_leaves_no_trace(editor, live_page):
    _draft(live_page, editor, lead_nb="Utkast om turen.")
    before = snapshots.take(live_page)
    assert b"Utkast om turen." in export([live_page], "en")
    assert snapshots.take(Page.objects.get(pk=live_page.pk)) == before


def _draft(page, user, **values):
    live = snapshots.take(page)
    changed = {**live, "fields": {**live["fields"], **values}}
    return publishing.keep_draft(page, live, changed, user)


def test_a_translation_becomes_a_draft_and_the_live_page_stays(editor_client, live_page):
    data = translated(
        export([live_page], "en"),
        lead="All about the trip.",
        body_1='We went to <g id="2" ctype="link">Italy</g> <g id="1" ctype="bold">by rail</g>.',
        body_2="Train",
        heading="To begin with",
    )
    preview, report = bring_in(editor_client, data)
    assert (preview.context_data["accepted"], preview.context_data["refused"]) == (3, 0)
    assert reverse("admin:pages_page_change", args=[live_page.pk]) in report.content.decode()
    live_page.refresh_from_db()
    assert (live_page.lead_en, live_page.body_en) == ("About the trip.", None)
    assert draft_field(live_page, "lead_en") == "All about the trip."
    body = draft_field(live_page, "body_en")
    assert re.sub(r' rel="[^"]*"', "", body) == (
        '<p>We went to <a href="/om/">Italy</a> <strong>by rail</strong>.</p><ul><li>Train</li></ul>'
    )
    (section,) = Draft.objects.get().snapshot["parts"]["sections"]
    assert section["fields"]["heading_en"] == "To begin with"
    publishing.publish_draft(Draft.objects.get(), None)
    live_page.refresh_from_db()
    assert live_page.lead_en == "All about the trip." and "Italy" in live_page.body_en


def test_an_unpublished_page_is_its_own_draft(editor_client):
    page = make_page("Kladd", publish_at=None, lead_nb="Kort.")
    bring_in(editor_client, translated(export([page], "nn"), lead="Stutt."))
    page.refresh_from_db()
    assert (page.lead_nn, page.publish_at) == ("Stutt.", None)
    assert not Draft.objects.exists()


def test_an_import_goes_on_with_the_draft_there_is(editor_client, editor, live_page):
    _draft(live_page, editor, title_nb="Ny tittel")
    data = translated(export([live_page], "en"), lead="All about it.")
    bring_in(editor_client, data)
    assert draft_field(live_page, "title_nb") == "Ny tittel"
    assert draft_field(live_page, "lead_en") == "All about it."


def test_nothing_is_published_by_a_plan_that_was_made_before(editor_client, editor, live_page):
    draft = _draft(live_page, editor, title_nb="Ny tittel")
    Draft.objects.filter(pk=draft.pk).update(publish_at=timezone.now())
    _preview, report = bring_in(editor_client, translated(export([live_page], "en"), lead="All."))
    assert Draft.objects.get().publish_at is None
    assert "Planen er avlyst" in report.content.decode()


def test_a_file_sent_back_untouched_changes_nothing(editor_client, live_page):
    """Nor does it call a stale translation current that nobody has looked at."""
    live_page.lead_nb = "Lenger om turen."
    live_page.save()
    before = snapshots.take(live_page)
    preview = upload(editor_client, export([live_page], "en"))
    assert preview.context_data["accepted"] == preview.context_data["refused"] == 0
    assert snapshots.take(Page.objects.get(pk=live_page.pk)) == before


def test_a_stale_translation_that_is_judged_right_becomes_current(editor_client, live_page):
    live_page.lead_nb = "Lenger om turen."
    live_page.save()
    assert live_page.state_of("lead", "en") == "stale"
    bring_in(editor_client, translated(export([live_page], "en"), lead="About the trip."))
    publishing.publish_draft(Draft.objects.get(), None)
    live_page.refresh_from_db()
    assert live_page.state_of("lead", "en") == "current"


def test_what_was_made_from_an_older_source_is_refused_with_both_sources(editor_client, live_page):
    data = translated(
        export([live_page], "en"), lead="All.", body_1=_marked("We"), body_2="Train", heading="One"
    )
    live_page.lead_nb = "Lenger om turen."
    live_page.save()
    preview, report = bring_in(editor_client, data)
    html = preview.content.decode()
    assert "Kilden er endret" in html
    assert re.search("<del>.*Kort.*</del>", html) and re.search("<ins>.*Lenger.*</ins>", html)
    assert "Kilden er endret" in report.content.decode(), "the list can be sent to the translator"
    assert draft_field(live_page, "lead_en") == "About the trip."
    assert "We" in draft_field(live_page, "body_en"), "the rest is imported"


def test_a_tool_that_drops_the_digest_hides_no_change(editor_client, live_page):
    data = translated(export([live_page], "en"), lead="All.")
    data = re.sub(rb' site:source="\w+"', b"", data)
    assert b"site:source" not in data
    assert upload(editor_client, data).context_data["accepted"] == 1
    live_page.lead_nb = "Lenger om turen."
    live_page.save()
    assert upload(editor_client, data).context_data["refused"] == 1


def _marked(text):
    return f'{text} <g id="1">a</g><g id="2">b</g>'


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"body_1": "No marks", "body_2": "Train"}, "Lenker, fet"),
        ({"body_1": _marked(_marked("Twice")), "body_2": "Train"}, "Lenker, fet"),
        ({"body_1": _marked("x") + '<x id="9"/>', "body_2": "Train"}, "Lenker, fet"),
        ({"body_2": "Train"}, "Bare en del"),
        ({"title": "x" * 121}, "121"),
    ],
)
def test_what_cannot_stand_on_the_page_is_refused(editor_client, live_page, words, reason):
    preview = upload(editor_client, translated(export([live_page], "en"), **words))
    assert preview.context_data["accepted"] == 0
    assert reason in strip_tags(preview.content.decode())


def test_records_texts_and_languages_that_are_not_here(editor_client, live_page):
    doomed = make_page("Slettes", lead_nb="Kort.")
    data = translated(export([doomed], "en"), lead="Short.")
    publishing.delete(doomed, None)
    html = upload(editor_client, data).content.decode()
    assert "Slettes nb" in html and "er slettet" in html
    here = translated(export([live_page], "en"), lead="Short.")
    for old, new in [
        (b'original="pages.page:', b'original="auth.user:'),
        (b'original="pages.page:', b'original="pages.page:x'),
        (b":lead", b":password"),
        (b":lead", b":path"),
        (b'target-language="en"', b'target-language="fi"'),
        (b'target-language="en"', b'target-language="nb"'),
        (b'source-language="nb"', b'source-language="en"'),
    ]:
        context = upload(editor_client, here.replace(old, new)).context_data
        assert (context["accepted"], context["refused"]) == (0, 1), (old, new)


def test_markup_typed_by_a_translator_is_text(editor_client, live_page):
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;"
    data = translated(export([live_page], "en"), body_1=_marked(evil), body_2="Train")
    preview, _report = bring_in(editor_client, data)
    assert "<script>alert" not in preview.content.decode()
    assert "<script" not in draft_field(live_page, "body_en")


def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(editor_client):
    answer = upload(editor_client, b"<xliff>\n<file>\n</xliff>")
    assert "linje 3" in answer.content.decode()
    assert not TranslationFile.objects.exists()


def test_nothing_is_half_imported_when_something_breaks(editor_client, live_page, monkeypatch):
    other = make_page("Annen", publish_at=None, lead_nb="Kort.")
    data = export([other, live_page], "en")
    head, cut, tail = data.partition(b'original="pages.page:%d"' % live_page.pk)
    data = translated(head, lead="One.") + cut + translated(tail, lead="Two.")
    preview = upload(editor_client, data)

    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(publishing, "keep_draft", broken)
    monkeypatch.setattr(importing.Importer, "preview", lambda self, files: [])
    monkeypatch.setattr("pages.admin.translators._digest", lambda outcomes: "same")
    with pytest.raises(RuntimeError):
        editor_client.post(preview.redirect_chain[-1][0], {"seen": "same"})
    other.refresh_from_db()
    assert not other.lead_en
    assert TranslationFile.objects.get().imported_at is None


def test_what_changed_between_look_and_import_is_shown_again(editor_client, live_page):
    preview = upload(editor_client, translated(export([live_page], "en"), lead="All."))
    live_page.lead_nb = "Lenger om turen."
    live_page.save()
    url = preview.redirect_chain[-1][0]
    answer = editor_client.post(url, {"seen": preview.context_data["seen"]})
    assert "Se en gang til" in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_translator_may_import_and_only_translations_change(client, live_page):
    client.force_login(person(TRANSLATOR))
    assert "Importer oversettelser" in client.get(reverse(UPLOAD)).content.decode()
    bring_in(client, translated(export([live_page], "en"), lead="All."))
    changes = snapshots.changes(snapshots.take(live_page), Draft.objects.get().snapshot)
    assert [change.field for change in changes] == ["lead_en"]


def test_what_has_no_drafts_asks_for_the_right_to_publish(client):
    audience = Audience.objects.first()
    data = translated(export([audience], "en"), title="Everybody")
    client.force_login(person(TRANSLATOR))
    assert "Du kan ikke endre" in upload(client, data).content.decode()
    client.force_login(person(EDITOR, "ola"))
    preview, _report = bring_in(client, data)
    assert "med en gang" in preview.content.decode()
    audience.refresh_from_db()
    assert audience.title_en == "Everybody"


def test_a_file_is_its_owners_alone(client, live_page):
    client.force_login(person(EDITOR))
    url = upload(client, export([live_page], "en")).redirect_chain[-1][0]
    client.force_login(person(EDITOR, "ola"))
    assert client.get(url).status_code in (403, 404)
    client.logout()
    assert client.get(url).status_code == 302
    assert client.post(reverse(UPLOAD)).status_code == 302


def test_every_record_of_the_site_survives_the_journey(editor):
    """All that is seeded, exported with its translations as they are: nothing changes, nothing is refused."""
    importer = importing.Importer(editor, lambda record: True, lambda record: True)
    for model in (Page, Action, Measure, Image, Audience):
        for language in ("nn", "en"):
            outcomes = importer.preview(xliff.read(export(model.objects.all(), language)))
            changed = [(o.name, o.accepted) for o in outcomes if o.accepted]
            refused = [(o.name, r) for o in outcomes for r in o.refused]
            assert (changed, refused) == ([], [])
