"""An editor at the pictures: the focal point on the picture, a new file, a collage put together."""

import re

import pytest

from pages.renditions import SHAPES, crop_box
from tests.browser import axe
from tests.factories import picture_bytes


@pytest.fixture
def image_page(editor_page, site):
    """The form of the picture «Samlingsstund», which is 1600 by 1200 pixels."""
    editor_page.goto(f"{site.origin}/admin/pages/image/?q=Samlingsstund")
    editor_page.get_by_role("link", name="Samlingsstund").click()
    editor_page.locator(".focal__crop--live").first.wait_for()
    return editor_page


@pytest.fixture
def collage_page(editor_page, site):
    editor_page.goto(f"{site.origin}/admin/pages/collage/?q=Barneskole")
    editor_page.get_by_role("link", name="Barneskole collage").click()
    editor_page.locator(".tile").first.wait_for()
    return editor_page


def until(page, expression: str, argument=None) -> None:
    """Wait until the expression holds; the policy forbids Playwright's own way of asking again."""
    for _attempt in range(100):
        if page.evaluate(expression, argument):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {expression}")


def boxes(page) -> dict[str, tuple[int, ...]]:
    """Return what each live crop shows of the picture, in the picture's own pixels."""
    crops = page.locator("[data-box]").all()
    return {
        crop.get_attribute("data-shape"): tuple(map(int, crop.get_attribute("data-box").split(",")))
        for crop in crops
    }


def expected_boxes(size, point) -> dict[str, tuple[int, ...]]:
    return {shape: crop_box(size, ratio, point) for shape, (ratio, _w) in SHAPES.items() if ratio}


def point_of(page) -> tuple[float, float]:
    return tuple(float(page.input_value(f"#id_focal_{axis}")) for axis in "xy")


def shown_pixels(page) -> dict[str, list[float]]:
    """Return where each live crop's picture lies in its frame, as shares of the frame."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-box]")].map((crop) => {
          const frame = crop.getBoundingClientRect();
          const image = crop.querySelector("img").getBoundingClientRect();
          return [crop.dataset.shape, [(frame.left - image.left) / image.width,
            (frame.top - image.top) / image.height, frame.width / image.width,
            frame.height / image.height]] }))"""
    )


def test_a_click_on_the_picture_sets_the_point_and_the_crops_follow(image_page):
    stage = image_page.locator(".focal__stage")
    box = stage.bounding_box()
    stage.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.1})
    x, y = point_of(image_page)
    assert (x, y) == (pytest.approx(0.9, abs=0.01), pytest.approx(0.1, abs=0.01))
    assert boxes(image_page) == expected_boxes((1600, 1200), (x, y))
    for shape, (left, top, right, bottom) in boxes(image_page).items():
        seen = shown_pixels(image_page)[shape]
        cut = [left / 1600, top / 1200, (right - left) / 1600, (bottom - top) / 1200]
        assert seen == pytest.approx(cut, abs=0.02), shape


@pytest.mark.parametrize(
    ("x", "y"), [("0", "0"), ("1", "1"), ("0.5", "0.5"), ("0.3331", "0.719"), ("0.0625", "0.8125")]
)
def test_crops_are_those_the_site_will_make(image_page, x, y):
    """A preview with arithmetic of its own would promise what is not kept."""
    image_page.fill("#id_focal_x", x)
    image_page.fill("#id_focal_y", y)
    assert boxes(image_page) == expected_boxes((1600, 1200), (float(x), float(y)))


def test_the_point_is_moved_from_the_keyboard_and_kept(image_page, site):
    page = image_page
    page.fill("#id_focal_x", "0.5")
    page.fill("#id_focal_y", "0.5")
    page.locator(".focal__marker").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "Shift+ArrowUp"):
        page.keyboard.press(key)
    assert point_of(page) == (0.48, 0.41)
    assert (
        page.locator(".focal__where").inner_text() == "48 prosent fra venstre, 41 prosent ovenfra"
    )
    page.locator("[name=_publish]").first.click()
    page.locator(".messagelist .success").wait_for()
    assert point_of(page) == (0.48, 0.41)


def test_a_new_file_stands_beside_the_old_before_it_is_saved_and_keeps_its_uses(image_page, site):
    page = image_page
    uses = page.locator(".field-used_in").inner_text()
    alt = page.input_value("#id_alt_nb")
    old = page.locator("[data-picture]").get_attribute("src")
    file = picture_bytes(size=(900, 1500), kind="JPEG")
    page.set_input_files(
        "#id_original", {"name": "ny.jpg", "mimeType": "image/jpeg", "buffer": file}
    )
    page.locator(".focal__before").wait_for()
    assert page.locator(".focal__before img").get_attribute("src") == old
    assert page.locator("[data-picture]").get_attribute("src").startswith("blob:")
    assert "Se om fokuspunktet" in page.locator(".focal__notice").inner_text()
    until(page, "document.querySelector('[data-picture]').naturalHeight === 1500")
    assert boxes(page) == expected_boxes((900, 1500), point_of(page))
    page.locator("[name=_publish]").first.click()
    page.locator(".messagelist .success").wait_for()
    assert "900 × 1500" in page.locator(".field-dimensions").inner_text()
    assert page.input_value("#id_alt_nb") == alt
    assert page.locator(".field-used_in").inner_text() == uses
    assert page.request.get(site.origin + old).status == 404, "the old file is gone"


def test_a_file_that_is_no_picture_is_told_of_before_it_is_sent(image_page):
    image_page.set_input_files(
        "#id_original", {"name": "brev.jpg", "mimeType": "image/jpeg", "buffer": b"Hei!"}
    )
    image_page.get_by_text("Denne filen kan ikke vises.").wait_for()


def previewed(page) -> list[str]:
    """Return the pictures of the preview at phone width, in order, as shape and address."""
    frame = page.frame_locator(".appearance__phone iframe")
    pieces = frame.locator(".collage").first.locator(".collage__piece")
    return [
        re.search(r"piece--(\w+)", piece.get_attribute("class"))[1]
        + piece.locator("a").get_attribute("href")
        for piece in pieces.all()
    ]


def wait_for_preview(page, pattern: str = "") -> None:
    """Wait until the preview has loaded an address whose query matches the pattern."""
    until(
        page,
        """(pattern) => {
            const { contentWindow, contentDocument } =
                document.querySelector(".appearance__phone iframe");
            return contentWindow.location.href !== "about:blank"
                && new RegExp(pattern).test(contentWindow.location.search)
                && contentDocument.readyState === "complete";
        }""",
        pattern,
    )


def test_a_collage_is_put_together_by_ticking_and_is_seen_before_it_is_saved(collage_page, site):
    page = collage_page
    rows = page.locator("tr.has_original").count()
    page.get_by_label("Broen mellom to skoler").check()
    page.fill("#id_pictures_filter", "tog gjennom")
    until(page, "document.querySelectorAll('.tile').length === 1")
    page.get_by_label("Med tog gjennom Europa").check()
    order = "Valgt, i denne rekkefølgen: 1. Broen mellom to skoler, 2. Med tog gjennom Europa"
    assert page.locator(".picker__order").inner_text() == order
    keys = page.locator(".picker > input[type=hidden]").evaluate_all(
        "all => all.map((i) => i.value)"
    )
    wait_for_preview(page, f"row={keys[0]}-square&row={keys[1]}-square")
    promised = previewed(page)
    assert len(promised) == rows + 2
    page.locator("[name=_publish]").first.click()
    page.locator(".messagelist .success").wait_for()
    assert page.locator("tr.has_original").count() == rows + 2
    wait_for_preview(page)
    assert previewed(page) == promised
    page.goto(f"{site.origin}/for-skole-og-barnehage/")
    assert page.locator(".collage").nth(1).locator("img").count() == rows + 2


def test_a_search_after_a_lost_session_leaves_the_pictures_as_they_are(collage_page):
    """The page to sign in at would stand among the pictures, in the middle of the form."""
    page = collage_page
    tiles = page.locator(".tile").count()
    page.context.clear_cookies(name="sessionid")
    with page.expect_response(lambda answer: "/login/" in answer.url):
        page.fill("#id_pictures_filter", "tog gjennom")
    page.wait_for_timeout(300)
    assert page.locator(".picker__tiles form").count() == 0
    assert page.locator(".tile").count() == tiles


def test_the_preview_follows_number_and_shape(collage_page):
    page = collage_page
    wait_for_preview(page)
    before = previewed(page)
    page.select_option("#id_collageimage_set-0-shape", "tall")
    wait_for_preview(page, "-tall&row=")
    page.fill("#id_collageimage_set-0-position", "99")
    wait_for_preview(page, "-tall$")
    assert sorted(previewed(page)) != sorted(before)
    assert len(previewed(page)) == len(before)


def test_without_the_script_the_numbers_and_the_ticks_are_enough(browser, site, editor_page):
    state = editor_page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, locale="nb-NO", storage_state=state)
    page = context.new_page()
    page.goto(f"{site.origin}/admin/pages/collage/?q=barnehage")
    page.get_by_role("link", name="Collage fra barnehage").click()
    rows = page.locator("tr.has_original").count()
    page.get_by_label("Lærere på kurs").check()
    with page.expect_navigation():
        page.locator("[name=_publish]").last.click()
    assert page.locator("tr.has_original").count() == rows + 1
    page.goto(f"{site.origin}/admin/pages/image/?q=Forsøk")
    page.get_by_role("link", name="Forsøk").click()
    page.fill("#id_focal_x", "0.25")
    page.locator("[name=_publish]").first.click()
    assert page.input_value("#id_focal_x") == "0.25"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_of_the_pictures_stands_in_an_editors_way(browser, image_page, site, width, scheme):
    form = image_page.url
    image_page.goto(f"{site.origin}/admin/pages/collage/?q=Barneskole")
    link = image_page.get_by_role("link", name="Barneskole collage").get_attribute("href")
    # The checker writes styles of its own, which the policy would refuse.
    context = browser.new_context(
        bypass_csp=True,
        locale="nb-NO",
        color_scheme=scheme,
        storage_state=image_page.context.storage_state(),
        viewport={"width": width, "height": 900},
    )
    page = context.new_page()
    for address in (f"{site.origin}/admin/pages/image/", form, site.origin + link):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert (address, findings_of_pictures(page)) == (address, [])
    context.close()


def findings_of_pictures(page) -> list[str]:
    """Return the checker's findings in what is the pictures' own: the rest is the admin's."""
    parts = ("#result_list tbody", ".focal", ".description", ".picker", ".appearance", ".uses")
    included = [part for part in parts if page.locator(part).count()]
    return axe.findings(page, {"target-size": True}, where={"include": included})
