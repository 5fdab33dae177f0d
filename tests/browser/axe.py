"""axe-core, which finds what keeps people out of a page that is open in the browser."""

from collections.abc import Mapping

from tests.services import npm_file

# Beyond what is asked for by itself: the highest contrast of text, and room for a finger.
SITE = {"color-contrast-enhanced": True, "target-size": True}
# Django's own empty head over the name of a row, and the list that its picker types in.
DESK = {"empty-table-header": False, "list": False}

EVERYTHING = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# All that differs between light and dark.
COLOURS = ("cat.color",)
COLOURS_OF_SITE = {"color-contrast-enhanced": True}

_RUN = """async ([where, tags, rules]) => {
  // What a frame shows is a page of its own.
  const how = { iframes: false, resultTypes: ["violations"], preload: false };
  const answer = await axe.run(where ?? document, { runOnly: tags, rules, ...how });
  return answer.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`);
}"""

_END_ANIMATIONS = """() => document.getAnimations().forEach((animation) => {
  try { animation.finish(); } catch { animation.cancel(); }
})"""


def be_at_hand(page) -> None:
    """Have axe in every page that is opened from now on, which is quicker than sending it to each."""
    page.add_init_script(_source())


def show(page, width: int, scheme: str) -> None:
    """Show the page that is open in a window of this width, in the light or in the dark."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    # Colours on their way from one scheme to the other are nobody's to read. Ended, not awaited:
    # one that never ends, or that a hidden window does not draw, would be waited for without end.
    page.evaluate(_END_ANIMATIONS)


def findings(
    page,
    rules: Mapping[str, bool],
    tags: tuple[str, ...] = EVERYTHING,
    where: dict | None = None,
) -> list[str]:
    """Return what is wrong with the page that is open, or with that part of it which `where` includes."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_source())
    told = {name: {"enabled": enabled} for name, enabled in rules.items()}
    return page.evaluate(_RUN, [where, list(tags), told])


def _source() -> str:
    return npm_file("axe-core/axe.min.js").read_text(encoding="utf-8")
