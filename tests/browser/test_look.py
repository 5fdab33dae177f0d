"""What the look promises: usable by everyone, valid, light, and whole on paper."""

import json
import re
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser import axe
from tests.browser.conftest import ROOT
from tests.services import missing, npm_file

# One of each kind, and each language. Of the tools those with answers, which no search engine is to find.
KINDS = {
    "home": "/",
    "overview": "/for-skole-og-barnehage/",
    "action": "/nn/for-skule-og-barnehage/mobilitet/",
    "measure": "/for-skole-og-barnehage/partnerskap/tverrsektorielle-partnerskap/",
    "article": "/en/accessibility-statement/",
    "not found": "/en/nowhere/",
    "search": "/sok/?q=hospitering",
    "finder": "/finn-tiltak/?who=kindergarten",
    "eligibility": "/kan-vi-soke/?who=kindergarten&want=mobility",
    "comparison": "/sammenlign/?m=course&m=shadowing&m=small-scale-partnership",
    "estimator": "/hva-gir-det/?from=Oslo&1-kind=shadowing&1-people=4&1-days=99&1-to=Berlin&2-kind=course&2-people=2&2-days=5&2-to=Dublin&year=2025",
    "packet": "/hva-gir-det/ark-til-lederen/?from=Oslo&1-kind=course&1-people=4&1-days=5&1-to=Berlin",
    "rates": "/satser/2024/",
    "distances": "/nn/avstandar/?from=Oslo",
    "deadlines": "/frister/",
    "planner": "/planlegger/?tiltak=short-term-project&sted=vestfold",
    "glossary": "/ordliste/?q=oid",
    "then and now": "/en/then-and-now/?q=pic",
}
WIDTHS = (360, 1440)


@pytest.fixture
def visit(browser, site):
    """Open an address of the site in a window of the test's own making."""
    contexts = []

    def open_page(path, **options):
        context = browser.new_context(base_url=site.origin, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(site.origin + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def every_address(site):
    """Every page that the sitemap lists in bokmål, and those of KINDS: other languages have the same frame."""
    sitemap = urlopen(f"{site.origin}/sitemap.xml").read().decode()
    listed = re.findall(r"<loc>(.*?)</loc>", sitemap)
    assert len(listed) >= 60
    paths = [url.removeprefix(site.origin) for url in listed]
    own = [path for path in paths if not path.startswith(("/nn/", "/en/"))]
    kinds = list(KINDS.values())
    return [*kinds, *(path for path in own if path not in kinds)]


def test_nothing_stands_in_anyones_way(visit, every_address):
    """Every page on a phone; those of a kind of their own on a desk too, and in the dark: there the colours."""
    page = visit("/")
    axe.be_at_hand(page)
    found = {}
    for path in every_address:
        page.goto(path)
        is_of_a_kind = path in KINDS.values()
        for width in WIDTHS if is_of_a_kind else WIDTHS[:1]:
            axe.show(page, width, "light")
            found[path, width, "light"] = axe.findings(page, axe.SITE)
            if is_of_a_kind:
                axe.show(page, width, "dark")
                found[path, width, "dark"] = axe.findings(page, axe.COLOURS_OF_SITE, axe.COLOURS)
    assert len(found) >= 60
    assert {where: findings for where, findings in found.items() if findings} == {}


def test_the_parts_on_the_style_page_are_sound_in_both_schemes(editor_page, site):
    editor_page.goto(f"{site.origin}/stil/")
    assert axe.findings(editor_page, axe.SITE) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_narrow_window_needs_no_sideways_scrolling(visit, kind):
    """320 pixels is also what 1280 become at a zoom of 400 %."""
    page = visit(KINDS[kind], viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [320, 360, 600, 768, 1024, 1440])
@pytest.mark.parametrize("number", range(2, 8))
def test_a_collage_of_any_number_keeps_within_the_page(visit, width, number):
    """Pictures must overlap, not slide out of the window, and no caption may be covered."""
    page = visit("/for-skole-og-barnehage/", viewport={"width": width, "height": 900})
    page.evaluate(
        """(number) => { for (const sheets of document.querySelectorAll(".collage__sheets")) {
          const all = [...sheets.children];
          while (sheets.children.length > number) sheets.lastElementChild.remove();
          while (sheets.children.length < number)
            sheets.append(all[sheets.children.length % all.length].cloneNode(true));
        } }""",
        number,
    )
    assert (
        page.evaluate(
            """(width) => [...document.querySelectorAll(".collage__piece")].filter((piece) => {
          const box = piece.getBoundingClientRect();
          return box.left < 0 || box.right > width }).length""",
            width,
        )
        == 0
    )
    covered = page.evaluate(
        """() => [...document.querySelectorAll(".collage figcaption")].filter((caption) => {
          caption.scrollIntoView({ block: "center" });
          const box = caption.getBoundingClientRect(), style = getComputedStyle(caption);
          const x = box.left + parseFloat(style.paddingLeft) + 1, y = box.top + box.height / 2;
          return !caption.contains(document.elementFromPoint(x, y)) }).map((c) => c.textContent)"""
    )
    assert covered == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_readers_own_spacing_hides_nothing(visit, kind):
    """WCAG 1.4.12: lines, letters and words set apart by the reader."""
    page = visit(KINDS[kind], viewport={"width": 360, "height": 740}, bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    # What is only read aloud was never in sight.
    cut = """[...document.querySelectorAll("main *, header *, footer *")].filter((e) =>
      e.children.length === 0 && e.innerText && e.scrollWidth > e.clientWidth + 1
      && getComputedStyle(e).overflow === "hidden" && !e.matches(".visually-hidden"))
      .map((e) => e.outerHTML)"""
    assert page.evaluate(cut) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_keyboard_walks_through_all_with_its_place_in_sight(visit):
    page = visit(KINDS["overview"], viewport={"width": 1280, "height": 800})
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    assert page.locator(".skip-link").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    seen = set()
    for _step in range(40):
        outline = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.href ?? "", parseFloat(s.outlineWidth), e.matches(":focus-visible")] }"""
        )
        if outline[2]:
            assert outline[1] >= 2, outline
        seen.add(outline[0])
        page.keyboard.press("Tab")
    wanted = set(page.evaluate("[...document.querySelectorAll('main a')].map((a) => a.href)"))
    assert wanted <= seen | {page.url}


@pytest.mark.parametrize("kind", KINDS)
def test_forced_colours_and_stillness_are_respected(visit, kind):
    page = visit(KINDS[kind], forced_colors="active", reduced_motion="reduce")
    moving = """[...document.querySelectorAll("*")].filter((e) => {
      const s = getComputedStyle(e);
      return s.transitionDuration !== "0s" || s.animationName !== "none" }).length"""
    assert page.evaluate(moving) == 0
    assert page.get_by_role("heading", level=1).count() == 1


def test_pages_and_style_sheets_are_valid(site, tmp_path):
    """The Nu checker's verdict on one page of each kind and on every style sheet."""
    if subprocess.run(["java", "-version"], capture_output=True).returncode:
        missing("Java", "apt-get install default-jre-headless")
    for number, path in enumerate([*KINDS.values(), "/nn/", "/nn/for-skule-og-barnehage/"]):
        try:
            html = urlopen(site.origin + path).read()
        except HTTPError as error:
            html = error.read()
        (tmp_path / f"{number}.html").write_bytes(html)
    sheets = sorted(str(path) for path in (ROOT / "static" / "css").glob("*.css"))
    jar = npm_file("vnu-jar/build/dist/vnu.jar")
    messages = []
    for kind, files in (("--html", sorted(map(str, tmp_path.glob("*.html")))), ("--css", sheets)):
        answer = subprocess.run(
            ["java", "-jar", str(jar), "--format", "json", "--stdout", kind, *files],
            capture_output=True,
            text=True,
        )
        messages += json.loads(answer.stdout)["messages"]
    # The checker's list of CSS is older than these; browsers that lack them pass over them too.
    young = ("@view-transition", "@container", "container-type", "position-a", "position-try")
    found = [m for m in messages if not any(name in m["message"] for name in young)]
    assert [f"{Path(m['url']).name}: {m['message']}" for m in found] == []


def test_no_style_is_sent_that_no_page_uses():
    """Rules for parts that are gone weigh on every phone and mislead the next who reads them."""
    styles = "".join(path.read_text() for path in (ROOT / "static" / "css").glob("*.css"))
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    # Named in Python, or by the packages of the admin.
    elsewhere = {"thumbnail", "prose-editor", "ProseMirror"}
    names = set(
        re.findall(r"\.([A-Za-z][\w-]*)", re.sub(r"/\*.*?\*/|\d*\.\d+\w*", "", styles, flags=re.S))
    )
    families = ("theme-", "scheme-", "collage__piece--", "verdict--", "verdict-tag--")
    unused = {
        n
        for n in names - elsewhere
        if not n.startswith(families) and not re.search(rf"\b{n}\b", templates)
    }
    assert unused == set()


@pytest.fixture
def weigh(site):
    """Return what a browser fetches for an address: url to (kind, bytes on the wire)."""

    def weigh_page(page, path):
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        kinds, sizes = {}, {}
        cdp.on(
            "Network.responseReceived",
            lambda e: kinds.update({e["requestId"]: (e["type"], e["response"]["url"])}),
        )
        cdp.on(
            "Network.loadingFinished",
            lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}),
        )
        page.goto(site.origin + path, wait_until="networkidle")
        return [(*kinds[key], sizes.get(key, 0)) for key in kinds]

    return weigh_page


def test_the_first_view_on_a_phone_is_light(page, weigh):
    page.set_viewport_size({"width": 360, "height": 740})
    fetched = weigh(page, KINDS["overview"])
    words = sum(size for kind, _url, size in fetched if kind in ("Document", "Stylesheet"))
    assert words <= 14 * 1024, fetched
    assert sum(size for _kind, _url, size in fetched) <= 100 * 1024, fetched
    assert not [url for kind, url, _size in fetched if kind in ("Script", "Font")]


def test_the_lead_picture_is_the_largest_paint_and_fetched_once(page, weigh, site):
    page.set_viewport_size({"width": 360, "height": 740})
    page.add_init_script(
        "new PerformanceObserver((list) => { window.largest = list.getEntries().at(-1).url })"
        ".observe({ type: 'largest-contentful-paint', buffered: true })"
    )
    fetched = weigh(page, KINDS["overview"])
    lead = page.locator("link[rel=preload]")
    largest = page.evaluate("window.largest")
    assert largest.removeprefix(site.origin) in (lead.get_attribute("imagesrcset") or "")
    assert [url for _kind, url, _size in fetched].count(largest) == 1
    same = largest.rpartition("-")[0]
    others = {url for _kind, url, _size in fetched if url.startswith(same)} - {largest}
    assert others == set(), "another size was preloaded than was shown"


def test_the_next_page_is_fetched_when_its_link_is_pointed_at(page, site):
    """The click would otherwise wait for the server; and a policy that is too strict hides it."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Preload.enable")
    rules, fetched = [], []
    cdp.on("Preload.ruleSetUpdated", lambda event: rules.append(event["ruleSet"]))
    cdp.on("Preload.prefetchStatusUpdated", lambda event: fetched.append(event))
    page.goto(site.origin + KINDS["overview"])
    page.locator("main h2 a").first.hover()
    page.wait_for_timeout(1500)
    assert rules and not any("errorType" in rule for rule in rules), rules
    target = page.locator("main h2 a").first.get_attribute("href")
    ready = [e for e in fetched if e["status"] in ("Ready", "Success")]
    assert [e["prefetchUrl"] for e in ready] == [site.origin + target], fetched


def test_nothing_moves_while_the_page_arrives(page, site):
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const e of list.getEntries())"
        " window.shift += e.value }).observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(site.origin + KINDS["overview"], wait_until="networkidle")
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") == 0


@pytest.mark.parametrize(("kind", "pages"), [("overview", 2), ("measure", 2)])
def test_a_page_prints_well_on_a4(visit, tmp_path, kind, pages):
    page = visit(KINDS[kind])
    pdf = page.pdf(path=str(tmp_path / "page.pdf"), format="A4", prefer_css_page_size=True)
    assert 1 <= pdf.count(b"/Type /Page\n") <= pages
    page.emulate_media(media="print")
    for hidden in (".menu", ".languages", ".breadcrumb"):
        assert not page.locator(hidden).is_visible()
    outside = page.locator("main a[href^=http]")
    if outside.count():
        written = (
            "getComputedStyle(document.querySelector('main a[href^=http]'), '::after').content"
        )
        assert outside.first.get_attribute("href") in page.evaluate(written)
