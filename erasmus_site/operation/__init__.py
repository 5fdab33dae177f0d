"""Running the site: what keeps its data, brings it back and moves it, and what an operator sees of it.

`rows` reads and writes tables so that no engine changes a value; `databases` opens others than the
site's own; `moving` copies one into another. `files` does the same for stores of files. `archive` is the
form of a backup; `backup` makes one and `restore` brings it back, with all of these.

`readiness` looks before the start, `health` while it serves; `requests` follows each request, `logs` is the
form of what is told of it, `counts` and `faults` keep what went wrong; `status` tells it all on a screen.
"""


class OperationError(Exception):
    """What the operator is to read, in a sentence or two; nothing is left half done."""
