"""The site's speed, as ratios within one run: `make bench`, in about five minutes.

Machines differ and are shared, so that requests a second mean little by themselves. Each page is asked
for in turn of four servers, round after round, and compared by the median of the rounds' ratios: the
site; a bare Django view without middleware that says the same under the same gunicorn; the site
without its page cache; and nginx with the same bytes in a file. Prints Markdown.
"""

import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import growth
from content import set_up
from servers import Server, answer_file, bare_gunicorn, gunicorn, nginx, ratio, rounds_of

ROUNDS = 11
STARTS = 7
OVERVIEW = "/for-skole-og-barnehage/"
MEASURE = "/for-skole-og-barnehage/mobilitet/hospitering-i-europa/"
SITEMAP = "/sitemap.xml"
COMPRESSED = {"Accept_Encoding": "br"}


def compare(name: str, path: str, folder: Path, site: Server, bare_site: Server, **headers) -> None:
    """Print a row: the site's rate for one page, and its ratio to each of the others."""
    answer = site.ask(path, **headers)
    with ExitStack() as stack:
        file = answer_file(folder, f"{name}.answer", answer)
        bare = stack.enter_context(bare_gunicorn(file))
        measured = {
            "site": lambda: site.requests_a_second(path, **headers),
            "bare": lambda: bare.requests_a_second(path, **headers),
            "rendered": lambda: bare_site.requests_a_second(path, **headers),
        }
        if answer[0] == 200:
            pages = folder / name / "pages"
            pages.mkdir(parents=True)
            (pages / "index.html").write_bytes(answer[2])
            file_server = stack.enter_context(nginx(folder / name))
            measured["file"] = lambda: file_server.requests_a_second("/")
        rates = rounds_of(ROUNDS, measured)
    ratios = [
        f"{ratio(rates, 'site', other):.2f}" if other in rates else "–"
        for other in ("bare", "rendered", "file")
    ]
    cells = [name, f"{len(answer[2]):,}", f"{statistics.median(rates['site']):,.0f}", *ratios]
    print(f"| {' | '.join(cells)} |", flush=True)


def pages_table(folder: Path, site: Server, bare_site: Server) -> None:
    print("| page | bytes | requests/s | to bare Django | to the site uncached | to nginx |")
    print("|---|---:|---:|---:|---:|---:|")
    tag = dict(site.ask(OVERVIEW)[1])["ETag"]
    compare("overview", OVERVIEW, folder, site, bare_site, **COMPRESSED)
    compare("measure", MEASURE, folder, site, bare_site, **COMPRESSED)
    compare("overview, 304", OVERVIEW, folder, site, bare_site, If_None_Match=tag)
    compare("sitemap", SITEMAP, folder, site, bare_site, **COMPRESSED)


def rendering_share() -> float:
    """Return the template's part of the time that an uncached overview takes, its data in memory."""
    from django.template.loader import get_template
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    visitor = Client(HTTP_HOST="127.0.0.1")
    page = visitor.get(OVERVIEW)
    template, context = get_template("programmes/overview.html").template, page.context[0]

    def timed(work) -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    whole, alone = [], []
    for _round in range(40):
        whole.append(timed(lambda: visitor.get(OVERVIEW)))
        alone.append(timed(lambda: template.render(context.new(context.flatten()))))
    return statistics.median(alone) / statistics.median(whole)


def per_byte(large: Server) -> float:
    """Return the bytes a second of a large sitemap's part, to those of the overview, uncompressed."""
    part = "/sitemap-measures-2.xml"
    sizes = {path: len(large.ask(path)[2]) for path in (OVERVIEW, part)}
    rates = rounds_of(
        ROUNDS,
        {
            "overview": lambda: large.requests_a_second(OVERVIEW),
            "part": lambda: large.requests_a_second(part),
        },
    )
    return ratio(rates, "part", "overview") * sizes[part] / sizes[OVERVIEW]


def starts() -> tuple[float, float]:
    """Return seconds from the start of gunicorn to the first answer, of the site and bare Django."""
    site, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        file = answer_file(Path(folder), "start.answer", (200, [], b"x"))
        for _start in range(STARTS):
            with gunicorn("erasmus_site.wsgi") as server:
                site.append(server.started_in)
            with bare_gunicorn(file) as server:
                bare.append(server.started_in)
    return statistics.median(site), statistics.median(bare)


def main() -> None:
    if not shutil.which("wrk") or not Path("/usr/sbin/nginx").exists():
        sys.exit("wrk and nginx are missing: apt-get install wrk nginx-light")
    set_up()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with (
            gunicorn("erasmus_site.wsgi") as site,
            gunicorn("erasmus_site.wsgi:django_application") as uncached,
        ):
            pages_table(folder, site, uncached)
            loaded = site.megabytes_per_worker()
    print(f"\nRendering an uncached overview: {rendering_share():.2f} of it is the template alone.")
    began, bare = starts()
    print(f"From the start to the first answer: {began:.2f} s, a bare Django {bare:.2f} s.")
    print(f"Memory per worker after that load: {', '.join(f'{mb:.0f} MB' for mb in loaded)}.\n")
    growth.table()
    with gunicorn("erasmus_site.wsgi") as large:
        print(f"\nA part of the large sitemap, per byte: {per_byte(large):.2f} of the overview.")
        for number in range(1, 11):
            large.ask(f"/sitemap-measures-{number}.xml", **COMPRESSED)
        used = ", ".join(f"{mb:.0f} MB" for mb in large.megabytes_per_worker())
        print(f"Memory per worker with 10,000 measures and pages: {used}.")


if __name__ == "__main__":
    main()
