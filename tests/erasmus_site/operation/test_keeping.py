"""The folder of backups: one at a time, the newest kept, nothing half."""

import errno
from datetime import UTC, datetime, timedelta

import pytest

from erasmus_site.operation import OperationError, keeping

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def keep(folder, at=NOON):
    made = folder / "made"
    made.write_bytes(b"x")
    return keeping.keep(made, folder, at)


def test_two_of_the_same_second_are_both_kept(tmp_path):
    names = [keep(tmp_path).name for _number in range(3)]
    assert names == sorted(set(names))


def test_nobody_else_may_read_it(tmp_path):
    """It holds the editors' names and the sums of their passwords."""
    assert keep(tmp_path).stat().st_mode & 0o777 == 0o600


def test_the_newest_are_kept_and_other_files_left_alone(tmp_path):
    kept = [keep(tmp_path, NOON + timedelta(days=day)) for day in range(5)]
    others = [tmp_path / name for name in ("before-restore-x.zip", "erasmus-notater.zip")]
    for other in others:
        other.touch()
    assert keeping.prune(tmp_path, 2, kept[-1]) == kept[:3]
    assert sorted(tmp_path.iterdir()) == sorted([*kept[3:], *others])


def test_the_one_just_made_stays_even_if_the_clock_goes_backwards(tmp_path):
    later = [keep(tmp_path, NOON + timedelta(days=day)) for day in range(3)]
    newest = keep(tmp_path, NOON)
    keeping.prune(tmp_path, 1, newest)
    assert newest.exists()
    assert later[-1].exists()


def test_one_at_a_time(tmp_path):
    refused = pytest.raises(OperationError, match="under way")
    with keeping.alone(tmp_path), refused, keeping.alone(tmp_path):
        pass


def test_what_a_killed_one_left_is_gone_and_so_is_ones_own(tmp_path):
    (tmp_path / ".under-way").mkdir()
    (tmp_path / ".under-way" / "half").touch()
    with keeping.alone(tmp_path) as work:
        assert list(work.iterdir()) == []
        (work / "mine").touch()
    assert not work.exists()


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, "no room left"), (errno.EACCES, "Permission denied")]
)
def test_what_the_disk_refuses_is_told(tmp_path, number, told):
    with pytest.raises(OperationError, match=told), keeping.alone(tmp_path):
        raise OSError(number, "Permission denied")
