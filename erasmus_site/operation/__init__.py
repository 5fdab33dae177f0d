"""Running the site: what keeps its data, brings it back, and moves it to other machines.

`rows` reads and writes tables so that no engine changes a value; `databases` opens others than the
site's own; `moving` copies one into another. `files` does the same for stores of files. `archive` is the
form of a backup; `backup` makes one and `restore` brings it back, with all of these.
"""


class OperationError(Exception):
    """What the operator is to read, in a sentence or two; nothing is left half done."""
