"""The seed's guidance is plain, says who applies, and gives no amount without its year."""

import re
from html import unescape

import pytest

from programmes.seeding.files import Entry, read_entries

LANGUAGES = ("nb", "nn", "en")
APPLIES_NOT_ALONE = {
    "nb": "kan ikke søke alene",
    "nn": "kan ikkje søkje åleine",
    "en": "apply alone",
}
MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"


def texts(entry: Entry, language: str) -> dict[str, str]:
    """Return what visitors read of an entry, by the name of its part, without markup."""
    own = {
        name: value[language]
        for name, value in entry.data.items()
        if isinstance(value, dict) and name not in ("title", "slug", "seo_title")
    }
    parts = {part["code"]: part["body"][language] for part in entry.data.get("section", [])}
    return {name: _plain(text) for name, text in (own | parts).items()}


def _plain(text: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(p|li|h3)>", " .\n", text)))


def measures() -> list[Entry]:
    return [
        entry
        for entry in read_entries()
        if entry.kind == "measure" and entry.data["period"] == "2021-2027"
    ]


def guidance() -> list[Entry]:
    return [entry for entry in read_entries() if entry.file.startswith("guidance-")]


def readability(text: str) -> tuple[float, float]:
    """Return LIX (words per sentence, and long words per hundred) and words per sentence."""
    # Neither a date, a clock nor a web address ends a sentence.
    text = re.sub(rf"(\d)\.\s(?={MONTHS})", r"\1 ", text.replace("kl.", "kl"))
    text = re.sub(r"(?<=\w)\.(?=\w)", " ", text)
    words = re.findall(r"[\w’'-]+", text)
    sentences = [part for part in re.split(r"[.:!?;]", text) if re.search(r"\w", part)]
    length = len(words) / len(sentences)
    return length + 100 * sum(len(word) > 6 for word in words) / len(words), length


def test_readability_tells_plain_from_heavy():
    plain = readability("Dere søker sammen. Vi hjelper dere gjerne.")
    heavy = readability("Tilskuddsmottakerens rapporteringsforpliktelser fremkommer av kontrakten.")
    assert plain[0] < 30 < 60 < heavy[0]
    assert readability("Fristen er 5. mars kl. 12.00 på erasmuspluss.no.")[1] == 10


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", [*measures(), *guidance()], ids=lambda entry: entry.key)
def test_guidance_reads_easily(entry, language):
    """A teacher with ten minutes would give up."""
    lix, length = readability("\n".join(texts(entry, language).values()))
    assert lix < 40, f"LIX {lix:.0f}"
    assert length < 16, f"{length:.0f} words in a sentence"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heaviest_pages_are_listed(language, record_property):
    """Whoever writes next sees which pages have the least to go on."""
    measured = sorted(
        (readability("\n".join(texts(entry, language).values()))[0], entry.key)
        for entry in [*measures(), *guidance()]
    )
    heaviest = ", ".join(f"{key} {lix:.0f}" for lix, key in reversed(measured[-5:]))
    middle = measured[len(measured) // 2][0]
    record_property("figure", f"LIX {language}: half below {middle:.0f}; heaviest {heaviest}")
    assert measured[-1][0] < 40


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "entry",
    [entry for entry in measures() if entry.data["action"] == "mobility"],
    ids=lambda entry: entry.key,
)
def test_every_mobility_page_says_at_once_that_nobody_applies_alone(entry, language):
    """Teachers would write applications that nobody may send."""
    first = re.split(r"(?<=\.)\s", entry.data["summary"][language])[0]
    assert APPLIES_NOT_ALONE[language] in first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", [*measures(), *guidance()], ids=lambda entry: entry.key)
def test_no_amount_stands_without_its_year(entry, language):
    """Rates change with each call: one without a year looks as if it held for ever."""
    for name, text in texts(entry, language).items():
        for line in text.split("\n"):
            if re.search(r"\d\s(euro|prosent|per cent)\b", line):
                assert re.search(r"\b20[12]\d\b", text), (name, line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", [*measures(), *guidance()], ids=lambda entry: entry.key)
def test_descriptions_fill_a_result_list_and_no_more(entry, language):
    assert 70 <= len(entry.data["seo_description"][language]) <= 155


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "entry",
    [
        e
        for e in read_entries()
        if e.kind == "measure" or (e.kind == "page" and "section" in e.data)
    ],
    ids=lambda entry: entry.key,
)
def test_every_page_leads_on(entry, language):
    """A reader at the end of a page would have to begin anew from the menu."""
    prefix = {"nb": "", "nn": "/nn", "en": "/en"}[language]
    leads = re.findall(rf'href="{prefix}/[a-z]', " ".join(_wordings(entry.data, language)))
    assert leads or entry.data.get("related") or entry.data.get("successors") or is_tool(entry)


def is_tool(entry: Entry) -> bool:
    """Whether the view adds its own ways on, which the crawl of the whole site follows."""
    return "route" in entry.data


def _wordings(data: object, language: str) -> list[str]:
    if isinstance(data, list):
        return [text for item in data for text in _wordings(item, language)]
    if not isinstance(data, dict):
        return []
    own = [data[language]] if isinstance(data.get(language), str) else []
    return own + [text for item in data.values() for text in _wordings(item, language)]
