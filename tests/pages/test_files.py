"""A file has its name once it is whole."""

import errno

import pytest
from django.core.files.base import ContentFile

from pages.files import WholeFileStorage


class CutOff(ContentFile):
    """What can be written to a disk that fills up on the way; `seen` is what lies there meanwhile."""

    def __init__(self, folder):
        super().__init__(b"0123456789")
        self.folder = folder
        self.seen: list[str] = []

    def chunks(self, chunk_size=None):
        yield b"01234"
        self.seen = [path.name for path in self.folder.iterdir()]
        raise OSError(errno.ENOSPC, "No space left on device")


def test_half_a_file_has_no_name_and_leaves_nothing(tmp_path):
    """It would be taken for the whole one from then on: files are named by what is in them."""
    store, content = WholeFileStorage(tmp_path), CutOff(tmp_path)
    with pytest.raises(OSError, match="No space"):
        store.save("bilde.png", content)
    assert len(content.seen) == 1
    assert "bilde.png" not in content.seen
    assert list(tmp_path.iterdir()) == []


def test_a_whole_file_has_just_its_name(tmp_path):
    store = WholeFileStorage(tmp_path)
    assert store.save("mappe/bilde.png", ContentFile(b"hele")) == "mappe/bilde.png"
    assert [path.name for path in (tmp_path / "mappe").iterdir()] == ["bilde.png"]
    assert (tmp_path / "mappe/bilde.png").read_bytes() == b"hele"
