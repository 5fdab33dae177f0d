"""What a search costs with 10, 1,000 and 10,000 pages, each of them different.

    python benchmarks/search.py [postgres://user@host/an-empty-database]

The pages are made of the site's own words, the common ones often and the rare ones seldom, some 250 to a
page. Prints for each question the milliseconds from the question to the answers with their snippets, the
queries, and how many answers there are: of the processor's time on SQLite, which is the work whoever else
uses the machine; by the clock on PostgreSQL, which works in a process of its own. Both are medians.
"""

import random
import statistics
import sys
import time

from content import set_up

SIZES = (10, 1_000, 10_000)
ROUNDS = 15
WORDS_IN_PAGE = 250
QUESTIONS = {
    "one word of many pages": "barnehage",
    "a rare one": "hospitering",
    "a question": "kan en barnehage søke om penger til kurs i utlandet",
    "common words only": "skole barnehage søke prosjekt lærer elever",
    "misspelt": "akreditering av barnehgen",
    "the beginning of a word": "akkredit",
    "narrowed": "skole barnehage",
    "word for word": "«skole og barnehage»",
    "twelve words": "skole barnehage lærer elev kurs søknad prosjekt partner land penger opphold reise",
    "found nowhere": "xyzzyq qwertyuiop",
}


def vocabulary() -> tuple[list[str], list[int]]:
    """Return the words of the site's own texts and how often each of them stands there."""
    from collections import Counter

    from pages.models import SearchEntry

    counts: Counter[str] = Counter()
    for passages in SearchEntry.objects.filter(shelf="nb").values_list("passages", flat=True):
        counts.update(word for passage in passages for word in passage[0].split())
    return list(counts), list(counts.values())


def grow_to(size: int, draw: random.Random) -> float:
    """Add pages until there are `size`, and read them into the index; return seconds a page for that."""
    from django.utils import timezone

    from pages.models import Page
    from pages.search import index

    words, weights = vocabulary()
    moment, codes = timezone.now(), ("nb", "nn", "en")

    def text(number: int) -> str:
        return " ".join(draw.choices(words, weights, k=number))

    def page(number: int) -> Page:
        values = {f"title_{code}": f"{text(3)} {number}"[:120] for code in codes}
        values |= {f"lead_{code}": text(20) for code in codes}
        values |= {f"body_{code}": f"<p>{text(WORDS_IN_PAGE)}</p>" for code in codes}
        values |= {f"path_{code}": f"side-{number}" for code in codes}
        return Page(publish_at=moment, position=1_000 + number, **values)

    before = Page.objects.count()
    for start in range(before, size, 500):
        Page.objects.bulk_create(page(n) for n in range(start, min(start + 500, size)))
    began = time.process_time()
    index.catch_up()
    return (time.process_time() - began) / max(1, size - before)


def cost_of(name: str, question: str) -> tuple[float, int, int]:
    """Return the median milliseconds, the queries and the answers of one question."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from pages.search import finding

    clock = time.perf_counter if connection.vendor == "postgresql" else time.process_time
    narrowed = {"kind": "measure"} if name == "narrowed" else {}

    def ask():
        answers = finding.find(question, "nb", **narrowed)
        finding.results(answers, answers.own[:10])
        return answers

    ask()
    times = []
    for _round in range(ROUNDS):
        began = clock()
        ask()
        times.append((clock() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        answers = ask()
    return statistics.median(times), len(queries), answers.total


def cost_of_a_change() -> float:
    """Return the milliseconds that the first search after a save spends on the index."""
    from pages.models import Page
    from pages.search import index

    times = []
    for number in range(ROUNDS):
        page = Page.objects.order_by("-pk").first()
        Page.objects.filter(pk=page.pk).update(lead_nb=f"{page.lead_nb[:60]} {number}")
        began = time.process_time()
        index.catch_up()
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    set_up(sys.argv[1] if len(sys.argv) > 1 else "")
    from django.db import connection

    from pages.search import index

    index.catch_up()
    draw = random.Random(1)  # noqa: S311 - nothing secret
    print(f"{connection.vendor}\n\n| question | pages | ms | queries | answers |")
    print("|---|---:|---:|---:|---:|")
    told = []
    for size in SIZES:
        a_page = grow_to(size, draw)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # As its own worker would some minutes later.
                cursor.execute("ANALYZE")
        for name, question in QUESTIONS.items():
            taken, queries, answers = cost_of(name, question)
            print(f"| {name} | {size:,} | {taken:.1f} | {queries} | {answers} |", flush=True)
        told.append(f"{size:,} pages: reading a page into the index {a_page * 1000:.1f} ms of the ")
        told[-1] += (
            f"processor's time; the first search after a save {cost_of_a_change():.1f} ms more."
        )
    print("\n" + "\n".join(told))


if __name__ == "__main__":
    main()
