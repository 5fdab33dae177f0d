"""The editors' guide: true to the admin, whole, and shown to editors alone."""

import re

import pytest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import trans_real
from PIL import Image

from erasmus_site import guide
from pages.roles import ROLES
from tests.guide import tasks, text

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

MOST_CLICKS = 8
GUIDE = reverse("admin:guide")
PICTURES = re.findall(r"!\[(?P<alt>[^]]*)\]\((?P<path>[^)]+)\)", text())


def words_of_the_admin() -> set[str]:
    """Return what the admin says in bokmål, Django's own words included."""
    catalogue = trans_real.translation("nb")._catalog
    return {capfirst(words) for _key, words in catalogue.items() if words}


def test_the_ten_commonest_tasks_take_eight_clicks_at_most():
    """`tests/browser/test_ten_tasks.py` counts the clicks."""
    assert len(tasks()) == 10
    assert {task: n for task, n in tasks().items() if n > MOST_CLICKS} == {}


def test_words_in_guillemets_are_the_admins_own():
    """An editor looks for the button by the word that the guide has for it."""
    quoted = set(re.findall(r"«([^»]+)»", text().replace("\n", " ")))
    assert {word for word in quoted if capfirst(word) not in words_of_the_admin()} == set()


def test_every_role_is_told_of():
    assert [role.name for role in ROLES if f"| {role.name} |" not in text()] == []


def test_links_within_the_guide_lead_to_a_heading():
    headings = re.findall(r"^#+ (.+)$", text(), re.MULTILINE)
    anchors = {guide.anchor_of(heading) for heading in headings}
    targets = set(re.findall(r"\]\(#([^)]+)\)", text()))
    assert targets - anchors == set()


def test_every_picture_is_there_described_light_and_used():
    for alt, path in PICTURES:
        file = guide.FILE.parent / path
        assert file.stat().st_size <= 60_000, path
        with Image.open(file) as image:
            assert image.width <= 1200, path
        assert alt.endswith("."), path
    used = {path.rpartition("/")[2] for _alt, path in PICTURES}
    assert used == {file.name for file in guide.PICTURES.iterdir()}


def test_the_pictures_of_the_documentation_are_light_enough_to_fetch():
    sizes = [file.stat().st_size for file in guide.FILE.parent.rglob("*.webp")]
    assert sum(sizes) < 2_000_000


def test_an_editor_reads_it_in_the_admin(editor_client):
    html = editor_client.get(GUIDE).content.decode()
    assert '<h2 id="hvem-som-kan-hva">' in html
    assert '<a href="#hvem-som-kan-hva">Hvem som kan hva</a>' in html
    assert '<a href="#legge-til-et-deltiltak">' in html
    for source in re.findall(r'<img src="([^"]+)"', html):
        if "veiledning" in source:
            answer = editor_client.get(source)
            assert answer.headers["Content-Type"] == "image/webp", source
            # The test client's own way of ending; `close` would end the test's connection as well.
            assert b"".join(answer.streaming_content)
    assert html.count("/admin/veiledning/") >= len(PICTURES)


@pytest.mark.parametrize("name", ["settings.py", "..", "%2e%2e%2fforside.webp", "finnes-ikke.webp"])
def test_no_other_file_is_served(editor_client, name):
    assert editor_client.get(f"{GUIDE}{name}").status_code in (301, 404)


def test_strangers_are_asked_to_sign_in(client):
    name = next(guide.PICTURES.iterdir()).name
    for address in (GUIDE, reverse("admin:guide_picture", args=[name])):
        assert client.get(address).status_code == 302


def test_header_and_front_page_lead_to_it(editor_client):
    html = editor_client.get(reverse("admin:index")).content.decode()
    assert html.count(f'href="{GUIDE}"') == 2
