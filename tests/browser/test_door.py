"""The door with a real browser and a passkey in it: no one can try that out with a test client."""

import pytest

from tests.authenticator import code_of
from tests.browser import axe
from tests.browser.conftest import PASSWORD

MAKE = (
    "from django.contrib.auth.models import User\n"
    "from erasmus_site.door.factors import remove_all\n"
    "made = User.objects.filter(username='{name}').first() or"
    " User.objects.create_superuser('{name}', password='{password}')\n"
    "remove_all(made)"
)


@pytest.fixture
def door(second_server):
    """The admin's door at a name that passkeys are good for, with the second factor required."""
    with second_server(REQUIRE_SECOND_FACTOR="1") as server:
        port = server.site.origin.rpartition(":")[2]
        yield f"http://localhost:{port}/admin/"


@pytest.fixture
def newcomer(site):
    """Makes somebody who has a password and nothing more."""

    def make(name: str) -> str:
        site.manage("shell", "-v", "0", "-c", MAKE.format(name=name, password=PASSWORD))
        return name

    return make


@pytest.fixture
def passkeys(page):
    """A phone in the browser: makes passkeys, and confirms whoever holds it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        **{"protocol": "ctap2", "transport": "internal"},
        **{"hasResidentKey": True, "hasUserVerification": True},
        **{"isUserVerified": True, "automaticPresenceSimulation": True},
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def confirm(whether: bool) -> None:
        told = {"authenticatorId": made["authenticatorId"], "isUserVerified": whether}
        devtools.send("WebAuthn.setUserVerified", told)

    return confirm


@pytest.fixture
def look(page):
    """Look at the page that is open, in both schemes, narrow and wide, as one who cannot see would."""
    axe.be_at_hand(page)

    def at() -> None:
        found = {}
        for width, scheme in ((360, "dark"), (1440, "light")):
            axe.show(page, width, scheme)
            if findings := axe.findings(page, axe.DESK):
                found[scheme] = findings
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[width] = "too wide"
        assert found == {}, page.url

    return at


def type_password(page, name: str, password: str = PASSWORD) -> None:
    page.fill("#id_login", name)
    page.fill("#id_password", password)
    with page.expect_navigation():
        page.press("#id_password", "Enter")


def test_a_newcomer_makes_a_passkey_and_needs_no_password_again(
    page, door, newcomer, passkeys, look
):
    name = newcomer("nora")
    page.goto(door)
    look()
    type_password(page, name)
    assert page.get_by_role("heading", level=1).inner_text() == "Ett steg igjen"
    look()
    page.goto(f"{door}pages/page/")
    assert page.url == f"{door}konto/", "nothing is shown before"
    page.get_by_role("link", name="Legg til en passnøkkel").click()
    look()
    page.fill("#id_name", "Telefonen min")
    page.click("#passkey_add")
    page.wait_for_url("**/konto/koder/")
    look()
    codes = page.locator(".account-codes code").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned kodene").click()
    assert download.value.suggested_filename == "reservekoder.txt"
    assert download.value.path().read_text().split() == codes
    page.get_by_role("link", name="Jeg har tatt vare på dem").click()
    page.wait_for_url(door)

    page.get_by_role("button", name="Logg ut").click()
    page.get_by_text("Du er logget ut.").wait_for()
    passkeys(False)
    page.click("#passkey_login")
    page.get_by_text("Ingen passnøkkel ble brukt.").wait_for()
    look()
    passkeys(True)
    page.click("#passkey_login")
    page.wait_for_url(door)
    page.get_by_role("link", name="Innloggingen din").click()
    assert page.get_by_text("Telefonen min").is_visible()
    look()
    page.goto(f"{door}konto/nokler/bekreft/?next=/admin/auth/user/")
    page.click("#confirm")
    page.wait_for_url(f"{door}auth/user/")
    for part in ("nokler/bekreft/", "bekreft/", "koder/", "koder/nye/", "ingen-tilgang/", "app/"):
        page.goto(f"{door}konto/{part}")
        look()

    page.goto(f"{door}konto/")
    page.get_by_role("button", name="Logg ut").click()
    type_password(page, name)
    look()
    page.fill("#id_code", codes[0])
    with page.expect_navigation():
        page.press("#id_code", "Enter")
    assert page.url == door, "a recovery code, when the phone is lost"


def test_codes_from_an_app_and_the_passkey_after_the_password(page, door, newcomer, passkeys, look):
    name = newcomer("anne")
    page.goto(door)
    type_password(page, name)
    page.get_by_role("link", name="Sett opp en app").click()
    assert page.locator(".account-qr svg path").count() == 1
    secret = page.locator(".account-secret").inner_text()
    page.fill("#id_code", "000000")
    page.press("#id_code", "Enter")
    page.get_by_text("Koden er feil.").wait_for()
    assert page.locator(".account-secret").inner_text() == secret
    look()
    page.fill("#id_code", code_of(secret))
    page.press("#id_code", "Enter")
    page.wait_for_url("**/konto/koder/")
    page.goto(f"{door}konto/nokler/ny/")
    page.click("#passkey_add")
    page.wait_for_url(f"{door}konto/")
    page.get_by_role("link", name="Fjern appen").click()
    look()
    page.goto(f"{door}konto/")
    page.get_by_role("link", name="Fjern Passnøkkel 1").click()
    look()

    page.get_by_role("button", name="Logg ut").click()
    type_password(page, name)
    page.click("#passkey_login")
    page.wait_for_url(door)


def test_two_servers_count_the_same_tries(browser, browser_context_args, site, door, newcomer):
    """And the page that stops them helps whoever only mistyped."""
    name = newcomer("glemsk")
    page = browser.new_context(**browser_context_args).new_page()
    for number in range(5):
        page.goto(door if number % 2 else f"{site.origin}/admin/")
        type_password(page, name, "feil-passord")
        assert page.get_by_text("Brukernavnet eller passordet er feil.").is_visible()
    for origin in (door, f"{site.origin}/admin/"):
        page.goto(origin)
        type_password(page, name)
        assert page.get_by_role("heading", level=1).inner_text() == "For mange forsøk"
        assert page.get_by_role("link", name="Tilbake til innloggingen").is_visible()
    assert axe.findings(page, axe.DESK) == []
    page.context.close()
