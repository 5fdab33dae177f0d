"""What has gone wrong is counted, over all processes and no longer than a day."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from erasmus_site.operation import counts


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def clock(monkeypatch):
    """The time in hours, to be moved."""
    hours = [500_000.0]
    monkeypatch.setattr(counts, "time", lambda: hours[0] * 3600)
    return hours


def _add(number: int) -> None:
    for _time in range(number):
        counts.add(counts.ERRORS)


def test_nothing_is_lost_where_processes_count_at_once():
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as processes:
        list(processes.map(_add, [50] * 4))
    assert counts.of(counts.ERRORS) == (200, 200)
    assert counts.of(counts.SLOW_QUERIES) == (0, 0)


def test_a_day_later_only_the_sum_is_left(clock, folder):
    _add(2)
    clock[0] += 23
    _add(1)
    assert counts.of(counts.ERRORS) == (3, 3)
    clock[0] += 1
    assert counts.of(counts.ERRORS) == (3, 1)
    clock[0] += 100
    assert counts.of(counts.ERRORS) == (3, 0)
    _add(1)
    assert (folder / "counts.json").read_text().count(":") == 4, "old hours pile up"


def test_a_start_begins_anew_and_keeps_the_day(clock):
    _add(2)
    counts.begin()
    assert counts.of(counts.ERRORS) == (0, 2)


def test_a_file_cut_off_by_a_power_cut_is_begun_anew(folder):
    (folder / "counts.json").write_text('{"errors": {"since')
    assert counts.of(counts.ERRORS) == (0, 0)
    _add(1)
    assert counts.of(counts.ERRORS) == (1, 1)


def test_a_folder_that_is_gone_fails_nobody(settings, folder):
    settings.DATA_DIR = folder / "borte"
    _add(1)
    counts.begin()
    assert counts.of(counts.ERRORS) == (0, 0)
