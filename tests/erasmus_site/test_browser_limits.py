"""What answers say of themselves, and whom to tell of a hole."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db


def _policy(answer) -> dict[str, str]:
    policy = answer.headers["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("address", ["/", "/finnes-ikke/", "/admin/", reverse("account_login")])
def test_no_page_may_do_more_than_it_needs(editor_client, address):
    if "konto" in address:
        editor_client.logout()
    answer = editor_client.get(address)
    policy = _policy(answer)
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in str(policy)
    assert ("script-src" in policy) == address.startswith("/admin/")
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.ignore_template_errors
def test_passkeys_and_their_scripts_are_for_the_account_pages_alone(client, editor_client):
    account, admin = client.get(reverse("account_login")), editor_client.get("/admin/")
    assert "publickey-credentials-get=(self)" in account.headers["Permissions-Policy"]
    assert "publickey-credentials-get=()" in admin.headers["Permissions-Policy"]
    assert _policy(account)["script-src"] == "'self'"
    assert "img-src 'self';" in account.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("post@erasmus.test", "Contact: mailto:post@erasmus.test"),
        ("https://erasmus.test/kontakt/", "Contact: https://erasmus.test/kontakt/"),
    ],
)
def test_security_txt_tells_whom_to_tell_and_does_not_run_out(client, settings, contact, line):
    settings.SECURITY_CONTACT = contact
    answer = client.get("/.well-known/security.txt")
    fields = dict(row.partition(": ")[::2] for row in answer.content.decode().splitlines())
    assert line in answer.content.decode()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Canonical"] == "https://erasmus.test/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "nb, nn, en"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=80) < left < timedelta(days=365)
    # The page cache would keep it until the content changes.
    assert "public" not in answer.headers["Cache-Control"]


@pytest.mark.ignore_template_errors
def test_security_txt_promises_no_answer_where_there_is_nobody_to_give_it(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
