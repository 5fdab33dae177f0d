"""The check of structured data finds what is wrong: one that lets all pass would guard nothing."""

import copy
from typing import Any

import pytest

from tests.vocabulary import faults, nodes, vocabulary

SOUND = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "WebPage",
            "@id": "https://a.test/",
            "url": "https://a.test/",
            "name": "En side",
            "dateModified": "2026-11-24T12:00:00+01:00",
            "isPartOf": {"@id": "https://a.test/#site"},
            "primaryImageOfPage": {"@type": "ImageObject", "width": "1440 px"},
        },
        {
            "@type": "WebSite",
            "@id": "https://a.test/#site",
            "potentialAction": {"@type": "SearchAction", "query-input": "required name=q"},
        },
        {"@type": "ListItem", "position": 1},
    ],
}


def block_with(index: int = 0, **properties: Any) -> dict:
    block: Any = copy.deepcopy(SOUND)
    block["@graph"][index].update(properties)
    return block


def test_a_sound_block_has_no_fault():
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        (block_with(**{"@type": "Webpage"}), "Webpage is no type"),
        (block_with(**{"@type": None}), "None is no type"),
        (block_with(**{"@language": "nb"}), "WebPage has @language"),
        (block_with(titel="En side"), "titel is no property"),
        # Of Event, so that no kind of CreativeWork has it.
        (block_with(startDate="2026-01-01"), "WebPage has no startDate"),
        (block_with(**{"startDate-input": "required"}), "WebPage has no startDate"),
        (block_with(name=""), "WebPage.name cannot be ''"),
        (block_with(name=None), "WebPage.name cannot be None"),
        (block_with(name=[]), "WebPage.name is empty"),
        (block_with(name=["En", 2]), "WebPage.name cannot be 2"),
        (block_with(url="/side/"), "WebPage.url cannot be '/side/'"),
        (block_with(dateModified="24.11.2026"), "WebPage.dateModified cannot be '24.11.2026'"),
        (block_with(dateModified="2026-02-30"), "WebPage.dateModified cannot be '2026-02-30'"),
        (block_with(2, position=True), "ListItem.position cannot be True"),
        (block_with(breadcrumb={"@type": "WebSite"}), "breadcrumb cannot be"),
        (block_with(isPartOf={"@id": "https://a.test/#gone"}), "WebPage.isPartOf cannot be"),
        (
            block_with(primaryImageOfPage={"@id": "https://a.test/#site"}),
            "primaryImageOfPage cannot",
        ),
        # A link where a thing is wanted.
        (block_with(mainEntity="https://a.test/"), "WebPage.mainEntity cannot be"),
        (
            block_with(primaryImageOfPage={"@type": "ImageObject", "width": 1440}),
            "ImageObject.width cannot be 1440",
        ),
        (block_with(encodings={"@type": "MediaObject"}), "encodings has given way to encoding"),
        (block_with(creditText="Kari"), "creditText is pending"),
        (block_with(mainEntity={"@type": "MonetaryGrant"}), "MonetaryGrant is pending"),
        ({**SOUND, "@context": "http://schema.org"}, "the context is"),
        ({"@context": "https://schema.org", "@type": "WebPage"}, "a graph in a context"),
    ],
)
def test_what_is_wrong_is_found(block, fault):
    found = faults(block)
    assert any(fault in each for each in found), found


def test_a_pending_term_can_be_let_pass_by_name():
    block = block_with(creditText="Kari")
    assert faults(block, frozenset({"creditText"})) == []


def test_a_node_at_any_depth_is_looked_at():
    deep = block_with(workTranslation=[{"@type": "WebPage", "isPartOf": {"@type": "Nettsted"}}])
    assert "Nettsted is no type" in faults(deep)
    assert len(list(nodes(deep))) == 7


def test_the_definitions_are_whole():
    """Half a file would find everything wrong, or hide what has been superseded."""
    terms = vocabulary()
    assert terms.with_above("GovernmentService") == {
        "GovernmentService",
        "Service",
        "Intangible",
        "Thing",
    }
    assert terms.domain("provider") >= {"Service"} and "Organization" in terms.range("provider")
    assert terms.is_property("name") and not terms.is_class("name")
