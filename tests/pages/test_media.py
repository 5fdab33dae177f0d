"""What is had below `/media/`: pictures made for visitors, and nothing else whatever lies there."""

import pytest

FOLDERS = ("renditions", "share", "originals", "")
NAMES = ("0123456789abcdef", "0123456789abcdef-wide-320", "0123456789abcdef0123456789abcdef")
ENDINGS = (
    "avif",
    "webp",
    "jpg",
    "png",
    "gif",
    "svg",
    "html",
    "xhtml",
    "xml",
    "js",
    "pdf",
    "zip",
    "",
)
CONTENT = b"<script>" * 100
FOR_VISITORS = {
    "/media/renditions/0123456789abcdef-wide-320.avif": "image/avif",
    "/media/renditions/0123456789abcdef-wide-320.webp": "image/webp",
    "/media/share/0123456789abcdef.jpg": "image/jpeg",
}


@pytest.fixture
def addresses(media):
    """Those of every kind of file in every folder, as if some had come there by mistake."""
    files = [
        f"{folder}/{name}.{ending}".strip("/.")
        for folder in FOLDERS
        for name in NAMES
        for ending in ENDINGS
    ]
    for file in files:
        media.write(file, CONTENT)
    return [f"/media/{file}" for file in files]


@pytest.mark.django_db
def test_only_what_was_made_for_visitors_is_shown_and_nothing_a_browser_could_run(
    client, addresses
):
    """A drawing or a page with a script in it would run as the site, with an editor's rights."""
    shown = {}
    for address in addresses:
        answer = client.get(address)
        if answer.status_code == 200:
            shown[address] = answer["Content-Type"]
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in answer["Content-Security-Policy"]
            # To its end: a client that closes what it has not read ends the test's own transaction.
            assert b"".join(answer.streaming_content) == CONTENT
        else:
            assert answer.status_code == 404, address
    assert shown == FOR_VISITORS


@pytest.mark.django_db
def test_a_picture_goes_out_as_it_is_and_tells_its_length(client, addresses):
    """Compressing what is compressed takes the machine's time, and a browser cannot tell how far it is."""
    for address in FOR_VISITORS:
        answer = client.get(address, headers={"accept-encoding": "gzip"})
        assert "Content-Encoding" not in answer
        assert "Vary" not in answer
        assert int(answer["Content-Length"]) == len(b"".join(answer.streaming_content))


@pytest.mark.django_db
def test_an_editors_page_is_still_compressed(editor_client):
    answer = editor_client.get("/admin/", headers={"accept-encoding": "gzip"}, follow=True)
    assert answer["Content-Encoding"] == "gzip"
