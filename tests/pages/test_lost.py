"""Who comes by a wrong address is led on in one step, or told the truth and helped."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages import lost
from pages.models import Address, Page
from programmes.models import Action
from programmes.seeding import SEED_DIR, SeedError
from programmes.seeding.addresses import seed_addresses
from tests.factories import make_measure, make_page

pytestmark = pytest.mark.django_db

MOBILITY = "/for-skole-og-barnehage/mobilitet/"


@pytest.mark.parametrize(
    ("asked", "present"),
    [
        ("/For-Skole-og-Barnehage/", "/for-skole-og-barnehage/"),
        ("/for-skole-og-barnehage", "/for-skole-og-barnehage/"),
        ("/FOR-SKOLE-OG-BARNEHAGE", "/for-skole-og-barnehage/"),
        ("/for-skole-og-barnehage///mobilitet", MOBILITY),
        ("/for-skole-og-barnehage/mobilitet//", MOBILITY),
        ("/en/for-skole-og-barnehage/mobilitet", "/en/schools-and-kindergartens/mobility/"),
        ("/nn/om-nettstedet/", "/nn/om-nettstaden/"),
        ("/schools-and-kindergartens/", "/en/schools-and-kindergartens/"),
        ("/EN/about", "/en/about/"),
        ("/en", "/en/"),
        ("/nb/", "/"),
        ("/NB", "/"),
    ],
)
def test_a_slip_in_the_address_is_one_redirect(client, asked, present):
    """A page would be found at two addresses, or not at all."""
    answer = client.get(asked)
    assert (answer.status_code, answer.headers.get("Location")) == (301, present)
    assert client.get(present).status_code == 200


def test_a_doubled_slash_in_front_is_no_other_site(client):
    answer = client.get("/", PATH_INFO="//for-skole-og-barnehage/mobilitet/")
    assert (answer.status_code, answer.headers.get("Location")) == (301, MOBILITY)


@pytest.mark.parametrize(
    ("asked", "present"),
    [
        ("/for-skole-og-barnehage/mobilitet-for-ansatte", MOBILITY),
        (
            "/Grunnskole-og-barnehage/Erasmus-for-grunnskole-og-barnehage/mobilitet-for-ansatte",
            MOBILITY,
        ),
        ("/Fagskole/Erasmus/strategiske-partnerskap2", "/for-skole-og-barnehage/partnerskap/"),
        ("/programmer/erasmus-europeiske-policyeksperimenter/", "/for-skole-og-barnehage/policy/"),
    ],
)
def test_addresses_of_the_old_sites_arrive(client, asked, present):
    """Links in ten years of reports and plans would end at nothing."""
    answer = client.get(asked)
    assert (answer.status_code, answer.headers.get("Location")) == (301, present)


def test_old_addresses_take_none_from_a_page_and_are_written_once():
    assert seed_addresses(SEED_DIR) == 0
    row = Address.objects.get(path="/for-skole-og-barnehage/mobilitet-for-ansatte/")
    assert (row.owner, row.is_current) == (
        ("programmes.action", Action.objects.get(code="mobility").pk),
        False,
    )
    page = make_page(languages=("nb",), slug_nb="fagskole")
    Address.objects.filter(path="/fagskole/erasmus/strategiske-partnerskap2/").update(
        model="pages.page", object_id=page.pk
    )
    assert seed_addresses(SEED_DIR) == 0


@pytest.mark.parametrize("target", ['"nowhere mobility"', '"action"', "3"])
def test_a_wrong_target_is_told_by_file_and_address(tmp_path, target):
    (tmp_path / "addresses").mkdir()
    (tmp_path / "addresses" / "old.toml").write_text(f'"/a" = {target}', encoding="utf-8")
    with pytest.raises(SeedError, match=r"old\.toml: /a: name a kind and a code"):
        seed_addresses(tmp_path)


def test_an_unknown_address_without_slash_is_no_redirect(client):
    assert client.get("/finnes-ikke").status_code == 404
    assert client.get("/en/nowhere/at/all").status_code == 404


def test_a_withdrawn_page_is_gone_and_shows_the_way_on(client):
    """A 404 keeps search engines asking for months; 410 ends it."""
    page = make_page(languages=("nb",), slug_nb="a", withdraw_at=timezone.now())
    answer = client.get("/a/")
    assert answer.status_code == 410
    html = answer.content.decode()
    assert "Siden er borte" in html
    assert 'href="/for-skole-og-barnehage/"' in html
    page.withdraw_at = None
    page.save()
    assert client.get("/a/").status_code == 200


def test_a_draft_is_neither_gone_nor_told_of(client):
    make_page("Hemmelig", languages=("nb",), publish_at=None)
    answer = client.get("/hemmelig-nb/")
    assert answer.status_code == 404
    assert "Hemmelig" not in client.get("/hemmeleg-nb/").content.decode()


def test_what_no_visitor_has_seen_is_never_told_to_be_gone(client):
    """Whoever guesses an address would learn what editors have thought of and let lie."""
    make_page("Forkastet", languages=("nb",), publish_at=None).delete()
    make_page("Planlagt", languages=("nb",), publish_at=timezone.now() + timedelta(1)).delete()
    assert client.get("/forkastet-nb/").status_code == 404
    assert client.get("/planlagt-nb/").status_code == 404
    measure = make_measure(action="policy")
    url = measure.get_absolute_url()
    Action.objects.filter(code="policy").update(publish_at=None)
    assert client.get(url).status_code == 404


def test_a_measure_went_with_its_action(client):
    url = make_measure(action="policy").get_absolute_url()
    Action.objects.filter(code="policy").update(withdraw_at=timezone.now())
    assert client.get(url).status_code == 410


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [
        ("/hospitering-i-evropa/", "/for-skole-og-barnehage/mobilitet/hospitering-i-europa/"),
        ("/for-skole-og-barnehage/mobilitet/hospitring/", MOBILITY),
        ("/noe/mobilitett", MOBILITY),
        ("/en/mobillity/", "/en/schools-and-kindergartens/mobility/"),
        ("/nn/tilgjengeligheit", "/nn/tilgjengelegheitserklaering/"),
    ],
)
def test_a_misspelt_address_finds_what_was_meant(client, asked, suggested):
    answer = client.get(asked)
    assert answer.status_code == 404
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    assert f'href="{suggested}"' in main


@pytest.mark.parametrize("asked", ["/" + "a" * 5000, "/" + "ord-" * 900, "/%ff%00/", "/a/../b"])
def test_no_address_is_too_strange_to_answer(client, asked):
    assert client.get(asked).status_code == 404


def test_the_worst_address_costs_few_comparisons(client, monkeypatch):
    """One visitor with a long address would keep a process busy for seconds."""
    words = ["tilbakemeldinger", "vidareutdanning", "kompetanseheving", "samarbeidsavtale"]
    Address.objects.bulk_create(
        Address(path=f"/{'-'.join(words)}-{n}/", language="nb", model="pages.page", object_id=-n)
        for n in range(1, lost.MOST_ADDRESSES + 1)
    )
    compared = []
    monkeypatch.setattr(lost.SequenceMatcher, "ratio", lambda self: compared.append(self) or 0.0)
    asked = "-".join(word[:4] + "x" * 40 for word in [*words, *words])
    assert client.get(f"/{asked}/").status_code == 404
    assert len(compared) < lost.MOST_ADDRESSES


def test_only_reading_is_led_on(client):
    assert client.post("/For-Skole-og-Barnehage/").status_code == 404
    assert client.head("/For-Skole-og-Barnehage/").status_code == 301


def test_a_file_that_is_not_there_is_not_found(client):
    assert client.get("/media/renditions/0123456789abcdef-wide-320.webp").status_code == 404
    assert Page.objects.exists()


def test_what_a_made_up_address_costs_is_bounded(client, monkeypatch):
    """On a large site a single such address kept a process busy for ten seconds."""
    compared = []
    matcher = lost.SequenceMatcher
    monkeypatch.setattr(
        lost, "SequenceMatcher", lambda *given: compared.append(given) or matcher(*given)
    )
    for number in range(400):
        make_page(languages=("nb",), slug_nb=f"mobilitet-mobilisering-mobilt-{number}")
    client.get("/" + "-".join("mobil" + letter * 60 for letter in "abcdefghijkl"))
    assert 0 < len(compared) <= 2 * lost.MOST_ADDRESSES * lost.MOST_WORDS * 3
    assert max(len(word) for given in compared for word in given[1:]) <= lost.LONGEST_WORD


def test_what_the_address_was_about_can_be_searched_for(client):
    page = client.get("/en/nowhere/job-shadowing-in-finland/").content.decode()
    assert 'href="/en/search/?q=nowhere%20job%20shadowing%20in%20finland"' in page
    assert "Search for “nowhere job shadowing in finland”" in page
    text = client.get(
        "/kurs/p%C3%A5/%C3%A6r%C3%B8/", headers={"accept": "text/markdown"}
    ).content.decode()
    assert "/sok/?q=kurs%20p%C3%A5%20%C3%A6r%C3%B8)" in text


@pytest.mark.parametrize("path", ["/-/", "/" + "x" * 3_000, "/%22%3Csvg%3E/", "/" + "a/" * 500])
def test_words_of_an_address_are_few_and_short(path):
    words = lost.words_to_search(path)
    assert len(words) <= lost.MOST_WORDS * (lost.LONGEST_WORD + 1)
    assert "<" not in words
