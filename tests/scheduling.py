"""Which test is run when, and by which worker.

What shares something that is slow to start is one piece of work, and the longest pieces come first, so that
the workers end at the same time.
"""

from xdist.scheduler.loadscope import LoadScopeScheduling

# Whole folders, each for one worker: their tests share a server, or would only wait for each other.
FOLDERS = ("tests/faults/", "tests/erasmus_site/operation/")
# Whole files: each makes something of its own, and all of them share a server.
FILES = ("tests/browser/", "tests/hostile/test_headers.py", "tests/pages/test_answers.py")
# Begun in this order, before all others. The first two are begun at once, by a worker each: of what the
# browser's tests begin with, the others have no need.
FIRST = ("tests/browser/test_look.py", *FOLDERS, "tests/browser/", "tests/hostile/")


def piece_of(test: str) -> str:
    """Return the name of the piece of work that the test with this id belongs to."""
    for folder in FOLDERS:
        if test.startswith(folder):
            return folder
    return test.partition("::")[0] if test.startswith(FILES) else test


def turn_of(test: str) -> int:
    return next((turn for turn, name in enumerate(FIRST) if test.startswith(name)), len(FIRST))


class InPieces(LoadScopeScheduling):
    """Gives each piece to the worker that is free first, in the order in which they are collected."""

    def __init__(self, config, log=None):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return piece_of(nodeid)
