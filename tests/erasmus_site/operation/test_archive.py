"""An archive gives back what was put into it, or refuses."""

import io
import json
import shutil
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from erasmus_site.operation import OperationError, archive
from erasmus_site.operation.archive import DATABASE, Archive, Facts, Writer

FACTS = Facts(made_at="", release="", engine="sqlite", migrations=["pages.0001_initial"], rows={})
PICTURE = b"\x00\xff" * 500


def write(path, names=(DATABASE, "media/originals/a.webp"), change=lambda manifest: None):
    writer = Writer(path, FACTS)
    for name in names:
        writer.add(name, io.BytesIO(PICTURE))
    change(writer.manifest)
    writer.close()
    return path


def read(path) -> dict[str, bytes]:
    with Archive(path) as found:
        return {name: found.open(name).read() for name in found.verify()}


@pytest.fixture
def whole(tmp_path):
    return write(tmp_path / "whole.zip")


def test_what_was_put_in_comes_out(whole):
    assert read(whole) == {DATABASE: PICTURE, "media/originals/a.webp": PICTURE}


def test_any_tool_can_open_it(whole):
    with zipfile.ZipFile(whole) as plain:
        assert plain.testzip() is None
        assert plain.read(DATABASE) == PICTURE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
def test_no_byte_can_change_unseen(whole, place, mask):
    """Data, names, times, sums, lists: a half restored site would be worse than none."""
    data = bytearray(whole.read_bytes())
    data[int(place * len(data))] ^= mask
    changed = whole.with_name("changed.zip")
    changed.write_bytes(data)
    with pytest.raises(OperationError):
        read(changed)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(share=st.floats(0, 1, exclude_max=True), more=st.binary(min_size=1))
def test_neither_less_nor_more_is_taken(whole, share, more):
    data = whole.read_bytes()
    for wrong in (data[: int(share * len(data))], data + more, more + data):
        changed = whole.with_name("changed.zip")
        changed.write_bytes(wrong)
        with pytest.raises(OperationError):
            read(changed)


@pytest.mark.parametrize(
    "name",
    [
        *("../utenfor", "media/../../utenfor", "media//a", "media/./a", "/etc/passwd", "annet"),
        *("media/", "media/a\\..\\b", "media/..", "C:/a"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    """Sealed rightly all the same, as somebody would who means harm."""
    with pytest.raises(OperationError, match="not a backup of this site"):
        read(write(tmp_path / "a.zip", names=(DATABASE, name)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda m: setattr(m, "format", 2), "has form 2, and this release reads form 1"),
        (lambda m: setattr(m, "site", "another site"), "not a backup of this site"),
        (lambda m: m.files.clear(), "not a backup of this site"),
        (lambda m: m.files.pop("media/originals/a.webp"), "does not hold the files"),
        (lambda m: m.files.update({"media/b": m.files[DATABASE]}), "does not hold the files"),
        (lambda m: m.files.update({DATABASE: (1000, "0" * 64)}), "is damaged"),
        (lambda m: m.files.update({DATABASE: (7, m.files[DATABASE].sha256)}), "is damaged"),
        (lambda m: m.facts.pop("rows"), "not a backup of this site"),
    ],
)
def test_a_manifest_that_is_not_true_is_refused(tmp_path, change, told):
    with pytest.raises(OperationError, match=told):
        read(write(tmp_path / "a.zip", change=change))


def test_a_member_that_is_there_twice_is_refused(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = write(tmp_path / "a.zip", names=(DATABASE, DATABASE))
    with pytest.raises(OperationError):
        read(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a" * 100, json.dumps({}).encode() * 50])
def test_what_is_no_archive_is_refused(tmp_path, content):
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(OperationError):
        read(tmp_path / "a.zip")


def test_what_is_not_there_is_told(tmp_path):
    with pytest.raises(OperationError, match="No such file"):
        Archive(tmp_path / "ingen.zip")


def test_an_archive_of_another_program_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as other:
        other.writestr(DATABASE, PICTURE)
    with pytest.raises(OperationError):
        read(tmp_path / "a.zip")


def test_a_writer_that_is_let_go_of_leaves_no_archive(tmp_path):
    writer = Writer(tmp_path / "a.zip", FACTS)
    writer.add(DATABASE, io.BytesIO(PICTURE))
    writer.abandon()
    with pytest.raises(OperationError):
        read(tmp_path / "a.zip")


def test_the_seal_covers_all_before_it(whole):
    again = whole.with_name("again.zip")
    shutil.copy(whole, again)
    with again.open("rb") as file:
        assert again.read_bytes().endswith(archive._seal_of(file))
