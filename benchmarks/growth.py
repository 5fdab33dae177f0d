"""How the cost of a page grows with the site: with 10, 1,000 and 10,000 measures and pages.

    python benchmarks/growth.py

Renders each page without the page cache, in this process, on a site of its own in a temporary folder.
Prints milliseconds, the ratio to the smallest site, and the number of queries.
"""

import statistics
import time

from content import grow_to, set_up

SIZES = (10, 1_000, 10_000)
ROUNDS = 9
PATHS = {
    "overview": "/for-skole-og-barnehage/",
    "action": "/for-skole-og-barnehage/mobilitet/",
    "measure": "/for-skole-og-barnehage/mobilitet/hospitering-i-europa/",
    "page with the menu": "/om-nettstedet/",
    "sitemap": "/sitemap.xml",
    "part of it": "/sitemap-measures-1.xml",
    "feed": "/nytt.xml",
}


def cost_of(path: str) -> tuple[float, int, int]:
    """Return the median milliseconds, the queries and the bytes of one page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    visitor = Client(HTTP_HOST="127.0.0.1")
    answer = visitor.get(path)
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        visitor.get(path)
        times.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(connection) as queries:
        visitor.get(path)
    size = len(answer.content) if answer.status_code == 200 else 0
    return statistics.median(times), len(queries), size


def table() -> None:
    """Print a row for each page at each size, as Markdown; the site grows on the way."""
    smallest: dict[str, float] = {}
    print("| page | measures and pages | ms | to the smallest | queries | bytes |")
    print("|---|---:|---:|---:|---:|---:|")
    for size in SIZES:
        grow_to(size)
        for name, path in PATHS.items():
            taken, queries, length = cost_of(path)
            ratio = taken / smallest.setdefault(name, taken)
            cells = [name, f"{size:,}", f"{taken:.1f}", f"{ratio:.2f}", str(queries), f"{length:,}"]
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    set_up()
    table()
