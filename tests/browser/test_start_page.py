"""The start page as a reader meets it, on phone and desk, with scripts and without."""

import pytest

from tests.start_page import document_lines

# Pictures by their names, asides and dates left out: what remains is the document.
VISIBLE_TEXT = """() => {
  const main = document.querySelector("main").cloneNode(true);
  document.querySelector("main").replaceWith(main);
  for (const group of main.querySelectorAll("figure[aria-label], [role=group][aria-label]")) {
    const name = document.createElement("p");
    name.textContent = `[${group.getAttribute("aria-label")}]`;
    group.replaceWith(name);
  }
  main.querySelectorAll("aside, .last-updated").forEach((part) => part.remove());
  const crumbs = [...main.querySelectorAll(".breadcrumb li")].map((step) => step.innerText.trim());
  main.querySelector(".breadcrumb").remove();
  return [crumbs.join(" / "), ...main.innerText.split("\\n").map((line) => line.trim())].filter(Boolean);
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_start_page_reads_as_the_document(browser, site, width, scripts):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{site.origin}/for-skole-og-barnehage/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing sticks out"
    assert page.evaluate(VISIBLE_TEXT) == document_lines()
    context.close()


def test_every_picture_arrives_and_leaves_room_for_itself(page, site):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{site.origin}/for-skole-og-barnehage/")
    page.evaluate("document.querySelectorAll('img').forEach((image) => image.loading = 'eager')")
    page.evaluate("Promise.all([...document.images].map((i) => i.decode().catch(() => null)))")
    broken = page.evaluate("[...document.images].filter((i) => !i.naturalWidth).map((i) => i.src)")
    assert broken == []
    sizes = page.evaluate(
        "[...document.images].map((i) => i.getAttribute('width') && i.alt !== null)"
    )
    assert all(sizes)
    assert {url.split("/")[2] for url in requests} == {site.origin.split("/")[2]}, "no third party"
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    ("language", "path"),
    [("Nynorsk", "/nn/for-skule-og-barnehage/"), ("English", "/en/schools-and-kindergartens/")],
)
def test_a_reader_changes_language_and_stays_on_the_page(page, site, language, path):
    page.goto(f"{site.origin}/for-skole-og-barnehage/")
    page.get_by_role("link", name=language).click()
    assert page.url == site.origin + path
    page.get_by_role("link", name="Bokmål").click()
    assert page.url == f"{site.origin}/for-skole-og-barnehage/"


def test_a_teacher_reaches_a_measure_from_home_in_two_clicks(page, site):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.origin)
    page.get_by_role("link", name="Se hva dere kan gjøre").click()
    page.get_by_role("link", name="Hospitere i en skole/barnehage i Europa").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Hospitering i Europa"
    assert page.get_by_text("Hvem kunne søke?").is_visible()
