"""The README's recipe for one more language, carried out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.conf import settings

ROOT = Path(settings.BASE_DIR)

VISIT = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
call_command("seed_content", verbosity=0)

from django.test import Client
from pages.languages import url_in
from pages.models import Page
from programmes.models import Action, Measure

page = Page.objects.get(code="about")
page.title_sma, page.lead_sma = "Dan siiddu birra", "Sámegillii. 80 euro, 5. mars."
page.save()
page.sources.create(title="Guide", publisher="EU", year=2026, checked_on="2026-11-23", figures="80 euro")
visitor = Client()
answer = visitor.get("/sma/dan-siiddu-birra/")
html = answer.content.decode()
print(answer.status_code, answer.headers["Content-Language"])
assert '<html lang="sma">' in html and "Sámegillii." in html, html
assert "Njuike sisdollui" in html, "the interface speaks it too"
assert html.count('<label class="sourced">80 euro') == 1, "figures open to their sources in it too"
assert 'hreflang="sma" href="https://erasmus.test/sma/dan-siiddu-birra/"' in html
assert 'hreflang="sma"' in visitor.get("/om-nettstedet/").content.decode()
assert "/sma/dan-siiddu-birra/" in visitor.get("/sitemap.xml").content.decode()

untranslated = Measure.objects.first()
assert visitor.get("/sma/for-skole-og-barnehage/").status_code == 404
assert 'hreflang="sma"' not in visitor.get(url_in(untranslated, "nb")).content.decode()
untranslated.full_clean()  # no editor is stopped by a language not yet written
assert Action.objects.count() == 3

from django.contrib.auth.models import User
visitor.force_login(User.objects.create_superuser("redaktor"))
for row in (page, untranslated, Action.objects.first()):
    form = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"
    assert 'name="title_sma"' in visitor.get(form).content.decode(), form
"""


@pytest.fixture
def environment(tmp_path):
    folder = tmp_path / "locale" / "sma" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale=None)
    catalogue.add("Skip to main content", "Njuike sisdollui")
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "tests.settings_four_languages",
        "EXTRA_LOCALE": str(tmp_path / "locale"),
        "PYTHONPATH": str(ROOT),
    }


def run(arguments, environment):
    answer = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_a_fourth_language_is_a_line_of_smattings_a_catalogue_and_a_migration(environment):
    plan = run(["manage.py", "makemigrations", "--dry-run"], environment)
    changes = [
        line.strip() for line in plan.splitlines() if line.strip().startswith(("+", "-", "~"))
    ]
    assert changes
    assert all("Add field" in change and "_sma to" in change for change in changes), changes


def test_pages_in_a_fourth_language_are_read_found_and_linked(environment):
    output = run(["-c", VISIT], {**environment, "TABLES_FROM_MODELS": "1"})
    assert "200 sma" in output
