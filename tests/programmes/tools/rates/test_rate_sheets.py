"""A whole table in and out of the admin, and next year's made from this year's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from pages.models import Revision
from programmes import rate_sheets
from programmes.models import Rate, RateSet, Source
from programmes.tools.rates import sheet
from tests.pages.test_roles import as_role  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def rate_set():
    return RateSet.objects.get(code="eu-2026")


def url(rate_set, name: str) -> str:
    return reverse(f"admin:programmes_rateset_{name}", args=[rate_set.pk])


def text_of(rate_set) -> str:
    return rate_sheets.export(rate_set).decode("utf-8-sig")


def shown(client, rate_set, text: str):
    """What the page shows of a file, before anything is imported."""
    file = SimpleUploadedFile("satser.csv", text.encode("utf-8-sig"))
    answer = client.post(url(rate_set, "import"), {"file": file})
    assert answer.status_code == 200
    return answer


def confirm(client, rate_set, answer):
    context = answer.context_data
    fields = {"text": context["text"], "seen": context["seen"]}
    return client.post(url(rate_set, "import"), fields, follow=True)


def counts(rate_set) -> tuple[int, int, int]:
    return rate_set.bands.count(), rate_set.rates.count(), rate_set.groups.count()


def test_every_set_of_the_seed_goes_out_and_comes_back_unchanged():
    for rate_set in RateSet.objects.all():
        found = rate_sheets.preview(rate_set, sheet.read(rate_sheets.export(rate_set)))
        assert (found.added, found.changed, found.removed, found.faults) == ([], [], [], [])
        assert found.unchanged == sum(counts(rate_set))


def test_the_file_is_sent_to_those_who_may_see_the_set(editor_client, client, rate_set):
    answer = editor_client.get(url(rate_set, "export"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="satser-2026-eu.csv"'
    assert answer.content == rate_sheets.export(rate_set)
    client.logout()
    assert client.get(url(rate_set, "export")).status_code == 302


def test_a_file_is_shown_before_it_changes_anything(editor_client, rate_set):
    """A wrong column would otherwise stand on the site before anybody saw it."""
    text = text_of(rate_set)
    new = text.replace("kursavgift;;;80;", "kursavgift;;;90;")
    new = "\r\n".join(line for line in new.splitlines() if not line.startswith("land;TR"))
    new += "\r\nfast beløp;KA220;;500 000;;;;;;;\r\n"
    before = list(rate_set.rates.values())
    answer = shown(editor_client, rate_set, new)
    page = answer.content.decode()
    assert "Nye: 1. Endret: 1. Fjernet: 1." in page
    assert "<del>80</del>" in page and "<ins>90</ins>" in page
    assert "land TR" in page and "fast beløp KA220: 500000" in page
    assert list(rate_set.rates.values()) == before
    keys = set(rate_set.rates.values_list("pk", flat=True))
    done = confirm(editor_client, rate_set, answer)
    assert "Importert. Nye: 1. Endret: 1. Fjernet: 1." in done.content.decode()
    assert rate_set.rates.get(category=Rate.Category.COURSE_FEE).amount == 90
    assert not rate_set.groups.filter(country__code="TR").exists()
    # A row that is changed stays the same row: what refers to it, and its history, stay.
    assert keys < set(rate_set.rates.values_list("pk", flat=True))
    newest = Revision.objects.of(rate_set).first()
    assert newest.reason == "Importert fra en fil"


def test_the_old_table_can_be_brought_back(editor_client, rate_set):
    old = text_of(rate_set)
    answer = shown(editor_client, rate_set, old.replace("kursavgift;;;80;", "kursavgift;;;90;"))
    confirm(editor_client, rate_set, answer)
    first = Revision.objects.of(rate_set).last()
    editor_client.post(reverse("admin:programmes_rateset_restore", args=[first.pk]))
    assert text_of(RateSet.objects.get(pk=rate_set.pk)) == old


WRONG = {
    "reise;fra 10;;28;;;;;;;": "er ingen avstand",
    "reise;10–99 km;;;;;;;;;": "Beløpet mangler",
    "kursavgift;;;åtti;;;;;;;": "er ikke et beløp",
    "dag ansatt;4;;100;;;;;;;": "1, 2, 3",
    "land;XX;;1;;;;;;;": "Ingen land her har koden «XX»",
    "land;NO;;9;;;;;;;": "gyldig",
    "moro;;;1;;;;;;;": "er ingen tabell",
    "språk;;;1;;kanskje;;;;;": "kanskje",
    "språk;;;1;;;;;;;ingen slik": "Ingen kilde her heter",
    "språk;;;150;;;;;;;": "to ganger",
    "språk;;200;100;;;;;;;": "fra: Den laveste satsen er høyere enn den høyeste",
}


@pytest.mark.parametrize("row", WRONG)
def test_a_bad_row_is_told_with_its_number_and_nothing_is_imported(editor_client, rate_set, row):
    before = text_of(rate_set)
    number = len(before.splitlines()) + 1
    answer = shown(editor_client, rate_set, before + row + "\r\nland;SE;;3;;;;;;;\r\n")
    page = answer.content.decode()
    assert WRONG[row] in page and f"Rad {number}" in page
    assert "Importer dette" not in page
    refused = confirm(editor_client, rate_set, answer)
    assert "Importert." not in refused.content.decode()
    assert text_of(rate_set) == before


def test_bands_with_a_gap_are_refused_in_a_file_too(editor_client, rate_set):
    answer = shown(editor_client, rate_set, text_of(rate_set).replace("100–499", "100–450"))
    assert "mangler det noen kilometer" in answer.content.decode()


def test_a_band_that_cannot_be_read_is_one_fault_and_no_gap_beside_it(editor_client, rate_set):
    text = text_of(rate_set).replace("100–499 km;;211;", "100–499 km;;dyrt;")
    page = shown(editor_client, rate_set, text).content.decode()
    assert "«dyrt» i kolonnen «euro»" in page and "1 ting må rettes" in page


def test_what_was_empty_is_not_struck_out(editor_client, rate_set):
    new = text_of(rate_set).replace("100–499 km;;211;285;;;;", "100–499 km;;211;285;;;Ny;Ny;New")
    page = shown(editor_client, rate_set, new).content.decode()
    assert "<ins>New</ins>" in page and "<del>" not in page


def test_faults_are_told_in_the_editors_language(editor_client, rate_set):
    editor_client.cookies["editor_language"] = "nn"
    page = shown(editor_client, rate_set, text_of(rate_set) + "moro;;;1\r\n").content.decode()
    assert "er ingen tabell" in page and "Bruk ein av desse" in page


def test_what_somebody_changed_meanwhile_is_not_written_over(editor_client, rate_set):
    new = text_of(rate_set).replace("kursavgift;;;80;", "kursavgift;;;90;")
    answer = shown(editor_client, rate_set, new)
    rate_set.rates.filter(category=Rate.Category.INCLUSION).update(amount=130)
    done = confirm(editor_client, rate_set, answer)
    assert "se en gang til" in done.content.decode().casefold()
    assert rate_set.rates.get(category=Rate.Category.COURSE_FEE).amount == 80
    assert rate_set.rates.get(category=Rate.Category.INCLUSION).amount == 130


def test_a_fault_in_the_database_undoes_all_of_it(editor_client, rate_set, monkeypatch):
    """Half a table would be worse than last year's."""
    before = text_of(rate_set)
    new = before.replace("kursavgift;;;80;", "kursavgift;;;90;").replace(";DK;", ";XX;")
    new = new.replace("land;XX;;1", "land;DK;;2")
    answer = shown(editor_client, rate_set, new)

    def broken(*args, **kwargs):
        raise RuntimeError("on purpose")

    monkeypatch.setattr("programmes.admin.rate_sheets.publishing.finish", broken)
    with pytest.raises(RuntimeError):
        confirm(editor_client, rate_set, answer)
    assert text_of(rate_set) == before


def test_what_is_no_table_is_refused_with_the_reason(editor_client, rate_set):
    for content, said in (
        (b"\x00\x01", "ikke en tekstfil"),
        (b"navn;alder\nOla;8", "kolonnene mangler"),
        (b"tabell;hva;euro\n", "ingen rader"),
        (b"x" * 300_000, "for stor"),
    ):
        file = SimpleUploadedFile("x.csv", content)
        answer = editor_client.post(url(rate_set, "import"), {"file": file})
        assert said in answer.content.decode()
    assert "Velg en fil" in editor_client.post(url(rate_set, "import")).content.decode()


@pytest.mark.parametrize("role", ["Skribent", "Oversetter"])
def test_those_who_may_not_publish_may_not_import(as_role, rate_set, role):  # noqa: F811
    client = as_role(role)
    before = text_of(rate_set)
    file = SimpleUploadedFile("x.csv", before.replace(";80;", ";90;").encode())
    assert client.post(url(rate_set, "import"), {"file": file}).status_code == 403
    assert text_of(rate_set) == before


def copy(client, rate_set):
    data = {"action": "copy_to_next_year", "_selected_action": [rate_set.pk]}
    return client.post(reverse("admin:programmes_rateset_changelist"), data, follow=True)


def test_next_years_set_is_a_draft_with_the_same_figures(editor_client, client, rate_set):
    """Whoever types eighty figures anew types one of them wrong."""
    assert "er et utkast med de samme tallene" in copy(editor_client, rate_set).content.decode()
    made = RateSet.objects.get(year=2027)
    assert made.publish_at is None and made.source == rate_set.source
    assert text_of(made) == text_of(rate_set)
    assert counts(rate_set) == counts(made)
    # Nobody sees it until it is published.
    client.logout()
    assert client.get("/satser/2027/").status_code == 404
    RateSet.objects.filter(pk=made.pk).update(publish_at=timezone.now())
    assert "2027" in client.get("/satser/").content.decode()


def test_a_year_is_not_copied_over_another(editor_client, rate_set):
    copy(editor_client, rate_set)
    assert "Det finnes alt et sett" in copy(editor_client, rate_set).content.decode()
    assert RateSet.objects.filter(year=2027).count() == 1


def test_figures_that_nobody_has_looked_at_for_a_year_wait_on_the_front_page(editor_client):
    source = Source.objects.get(code="pg26")
    Source.objects.filter(pk=source.pk).update(checked_on="2020-01-01")
    panels = editor_client.get(reverse("admin:index")).context_data["panels"]
    panel = next(panel for panel in panels if panel.title == "Tall som bør kontrolleres")
    assert panel.rows[0].name == str(source)
    listed = editor_client.get(panel.more_url).context_data["cl"].result_list
    assert source in listed and len(listed) < Source.objects.count()


def test_a_copied_year_waits_to_be_checked_by_its_old_source(editor_client, rate_set):
    made = rate_sheets.copied_to_next_year(rate_set)
    due = f"{reverse('admin:programmes_source_changelist')}?due=yes"
    assert rate_set.source in editor_client.get(due).context_data["cl"].result_list
    form = reverse("admin:programmes_source_change", args=[rate_set.source.pk])
    assert f">{made}<" in editor_client.get(form).content.decode()
