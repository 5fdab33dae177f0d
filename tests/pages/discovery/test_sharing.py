"""Cards follow their pages: made once, anew when what they show changes, gone when nothing shows them."""

import io
from threading import Event, Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture

from pages import publishing, snapshots
from pages.cache.locks import one_at_a_time
from pages.discovery import share_card, sharing
from pages.models import Collage, Draft, Section
from programmes.models import Action, Measure
from tests.factories import make_image, make_measure, make_page, picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A block whose end is a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def bare_actions():
    """The files of the seed's pictures are not there in tests."""
    Action.objects.update(image=None, collage=None)


def picture(colour="teal"):
    image = make_image(picture_bytes((640, 480), colour=colour))
    image.make_renditions()
    return image


def card_of(record, language="nb") -> bytes:
    record.refresh_from_db()
    with default_storage.open(share_card.file_name(record.share_cards[language])) as file:
        return file.read()


def files(media) -> set[str]:
    return media.names("share")


def names_of(*records) -> set[str]:
    for record in records:
        record.refresh_from_db()
    return {
        share_card.file_name(digest) for record in records for digest in record.share_cards.values()
    }


def test_a_new_page_has_a_card_in_each_of_its_languages(committed, media):
    with committed():
        page = make_page(languages=("nb", "en"))
    page.refresh_from_db()
    assert set(page.share_cards) == {"nb", "en"}
    assert files(media) == names_of(page)
    assert card_of(page, "nb") != card_of(page, "en")
    assert Picture.open(io.BytesIO(card_of(page))).size == (1200, 630)


def test_a_save_that_changes_nothing_makes_nothing(committed, monkeypatch):
    with committed():
        page = make_page()
    before = card_of(page)
    monkeypatch.setattr(share_card, "compose", lambda *args: pytest.fail("made anew"))
    with committed():
        page.save()
    assert card_of(page) == before


def test_a_new_title_changes_the_card_of_its_language_alone(committed, media):
    with committed():
        page = make_page()
    before = {code: card_of(page, code) for code in ("nb", "nn", "en")}
    with committed():
        page.title_nn = "Eit anna namn"
        page.save()
    assert card_of(page, "nn") != before["nn"]
    assert card_of(page, "nb") == before["nb"]
    assert files(media) == names_of(page)


def test_an_object_read_long_ago_does_not_forget_newer_cards(committed, media):
    """Else the file that it does not know of would lie there for ever."""
    with committed():
        old = make_page()
    with committed():
        newer = type(old).objects.get(pk=old.pk)
        newer.title_nb = "Nyere"
        newer.save()
    with committed():
        old.title_nb = "Eldst"
        old.save()
    assert files(media) == names_of(old)


def test_a_card_makes_no_page_look_newer(committed):
    """«Sist oppdatert» is about what one reads."""
    with committed():
        page = make_page()
    then = page.updated_at
    page.save()
    page.refresh_from_db()
    assert page.share_cards
    assert page.updated_at == then


def test_a_page_that_leaves_a_language_leaves_no_card_there(committed, media):
    with committed():
        page = make_page(languages=("nb", "nn"))
    with committed():
        page.title_nn = page.slug_nn = ""
        page.save()
    page.refresh_from_db()
    assert set(page.share_cards) == {"nb"}
    assert files(media) == names_of(page)


def test_the_collage_comes_before_the_lead_picture(committed):
    collage = Collage.objects.create(title_nb="Lek")
    with committed():
        page = make_page(image=picture("red"))
    lead = card_of(page)
    with committed():
        section = Section.objects.create(page=page, heading_nb="Lek", collage=collage)
        collage.append([picture("blue"), picture("lime")])
    both = card_of(page)
    with committed():
        row = collage.rows[0]
        row.position = 9
        row.save()
    turned = card_of(page)
    with committed():
        collage.rows[0].delete()
    one = card_of(page)
    with committed():
        section.delete()
    assert len({lead, both, turned, one}) == 4
    assert card_of(page) == lead


def test_a_replaced_or_moved_picture_changes_every_card_that_shows_it(committed, media):
    """Who withdraws a picture wants it gone from what is shared, too."""
    image = picture()
    with committed():
        page, other = make_page(image=image), make_page("Referat")
    collage = Collage.objects.create(title_nb="Lek")
    with committed():
        collage.append([image])
        Section.objects.create(page=other, heading_nb="Lek", collage=collage)
    before = names_of(page, other)
    with committed():
        image.focal_x = 0.1
        image.save()
        image.make_renditions()
    after = names_of(page, other)
    assert len(after) == len(before) == 6
    assert not before & (after | files(media))


@pytest.mark.usefixtures("bare_actions")
def test_a_measure_has_the_colour_and_the_picture_of_its_action(committed):
    Measure.objects.all().delete()
    with committed():
        measure = make_measure(action="mobility")
    mobility = card_of(measure)
    with committed():
        measure.action = Action.objects.get(code="policy")
        measure.save()
    policy = card_of(measure)
    with committed():
        measure.action.image = picture()
        measure.action.save()
    assert len({mobility, policy, card_of(measure)}) == 3


def test_a_deleted_page_takes_its_cards_along(committed, media):
    with committed():
        page = make_page()
    with committed():
        page.delete()
    assert files(media) == set()


def test_a_draft_changes_no_card_before_it_is_published(committed, editor):
    with committed():
        page = make_page()
    before = card_of(page)
    with committed():
        base = snapshots.take(page)
        with publishing.rolled_back():
            page.title_nb = "Et utkast"
            page.save()
            snapshot = snapshots.take(page)
        page.refresh_from_db()
        publishing.keep_draft(page, base, snapshot, editor)
    assert "share_cards" not in snapshot["fields"]
    assert card_of(page) == before
    with committed():
        publishing.publish_draft(Draft.objects.get(), editor)
    assert card_of(page) != before


@pytest.mark.usefixtures("bare_actions")
def test_what_reaches_many_pages_keeps_nobody_waiting(committed, monkeypatch):
    """An editor who changes an action has it back at once; its measures follow."""
    aside = []

    class Aside:
        def __init__(self, target, args):
            aside.extend(args[0])

        def start(self):
            pass

    monkeypatch.setattr(sharing, "Thread", Aside)
    action = Action.objects.get(code="mobility")
    measures = [make_measure(number) for number in range(sharing.AT_ONCE + 2)]
    with committed():
        action.heading_nb = "Et nytt navn"
        action.save()
    action.refresh_from_db()
    assert action.share_cards
    assert {key.pk for key in aside} >= {measure.pk for measure in measures[-2:]}
    keys = sharing.showing(action)
    assert len(keys) - len(aside) == sharing.AT_ONCE


def test_the_page_cache_begins_anew_once_for_the_cards_of_many_pages():
    """Every page of the site would be rendered again after every single card."""
    pages = [make_page(f"Side {number}") for number in range(5)]
    keys = [sharing.Key(type(page), page.pk) for page in pages]
    with CaptureQueriesContext(connection) as queries:
        assert sharing.refresh(keys) == 15
    said = [query["sql"].partition(" ")[0] for query in queries]
    assert said.count("UPDATE") == 5
    assert said[said.index("SAVEPOINT") :] == ["SAVEPOINT", *["UPDATE"] * 5, "RELEASE"]
    assert list(map(len, sharing.batches(keys * 4))) == [sharing.TOGETHER, sharing.TOGETHER, 4]


def test_half_a_file_from_a_run_that_was_cut_off_is_written_anew(committed, media, monkeypatch):
    page = make_page(languages=("nb",))

    save = default_storage.save

    def killed(name, content):
        save(name, ContentFile(content.read()[:500]))
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(default_storage, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            sharing.refresh([sharing.Key(type(page), page.pk)])
    page.refresh_from_db()
    assert page.share_cards == {}
    sharing.refresh([sharing.Key(type(page), page.pk)])
    Picture.open(io.BytesIO(card_of(page))).load()
    assert files(media) == names_of(page)


def test_a_lost_picture_is_told_and_the_page_is_shared_without_a_card(committed, media, caplog):
    image = picture()
    for name in media.names("renditions"):
        media.remove(name)
    with committed():
        page = make_page(image=image)
    page.refresh_from_db()
    assert page.share_cards == {}
    assert "could not be made" in caplog.text


def test_the_command_fills_in_what_is_missing_and_clears_what_is_left(media, capsys, monkeypatch):
    """What no save tells of: a bulk update, a lost folder, files of a run that was cut off."""
    page = make_page(languages=("nb",))
    monkeypatch.setattr(sharing, "shared_models", lambda: [type(page)])
    monkeypatch.setattr(sharing, "every_key", lambda: [sharing.Key(type(page), page.pk)])
    call_command("share_cards")
    assert "1 made" in capsys.readouterr().out
    media.write(share_card.file_name("0123456789abcdef"), b"left")
    call_command("share_cards")
    assert "0 made, 1 of no page removed" in capsys.readouterr().out
    media.remove(*names_of(page))
    call_command("share_cards")
    assert "1 made, 0 of no page" in capsys.readouterr().out
    call_command("share_cards", "--all")
    assert "1 made" in capsys.readouterr().out
    assert files(media) == names_of(page)


def test_a_card_that_is_just_being_made_is_not_taken_for_one_of_no_page(monkeypatch):
    """Its file is there before its row names it; the page would point to nothing until the next start."""
    made = Event()

    def make() -> None:
        with one_at_a_time(sharing.LOCK):
            made.set()

    def listed() -> set[str]:
        Thread(target=make).start()
        assert not made.wait(0.2)
        return set()

    monkeypatch.setattr(sharing, "_files", listed)
    assert sharing.remove_unused() == 0
    assert made.wait(10)


def test_nothing_is_made_while_it_is_postponed(committed, media):
    with sharing.postponed(), committed():
        make_page()
    assert files(media) == set()


def test_the_card_is_what_the_page_names_and_may_be_kept_for_ever(committed, client):
    with committed():
        make_page(title="Reisebrev æøå", languages=("nb", "nn"))
    html = client.get("/nn/reisebrev-aeoa-nn/").content.decode()
    url = html.split('property="og:image" content="https://erasmus.test')[1].split('"')[0]
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert "immutable" in response["Cache-Control"]
    assert Picture.open(io.BytesIO(b"".join(response.streaming_content))).size == (1200, 630)
    assert client.get("/media/share/0123456789abcdef.jpg").status_code == 404
    assert client.get("/media/share/../originals/x.jpg").status_code == 404
