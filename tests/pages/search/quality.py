"""How good the search is: the share of real questions whose page comes first, and among the first three.

    python -m tests.pages.search.quality

Fills a site of its own in a temporary folder. Prints what goes wrong in the half for tuning only; with
`--all` also in the half that is held out, which then is so no longer.
"""

import os
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "questions.toml"
# What no change may fall below, least of all for the half that is held out.
FIRST, FIRST_THREE = 0.85, 0.97
TUNING, HELD_OUT = "tuning", "held out"


class Question(NamedTuple):
    """What is asked in a language, and the pages that answer it, as «kind code»."""

    language: str
    text: str
    pages: tuple[str, ...]

    @property
    def half(self) -> str:
        """Which half it is in: nobody has chosen."""
        sum_of_letters = blake2b(f"{self.language} {self.text}".encode(), digest_size=4).digest()
        return (TUNING, HELD_OUT)[sum_of_letters[0] % 2]


class Asked(NamedTuple):
    """A question with the places, from 1, where its page stands; 0 where it is not among the first ten."""

    question: Question
    place: int
    found: list[str]


def questions() -> list[Question]:
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [
        Question(language, text, tuple(pages))
        for language, rows in tables.items()
        for text, *pages in rows
    ]


def ask(asked: Iterable[Question]) -> list[Asked]:
    """Ask those whose pages exist."""
    from pages.search import finding

    known = records()
    answers = []
    for question in asked:
        if known.keys() & set(question.pages):
            hits = finding.find(question.text, question.language).own[:10]
            names = [_name_of(hit, known) for hit in hits]
            places = [names.index(page) + 1 for page in question.pages if page in names]
            answers.append(Asked(question, min(places, default=0), names))
    return answers


def records() -> dict[str, tuple[str, int]]:
    """Return the records of all pages by what they are called in the file."""
    from pages.models import Page
    from programmes.models import Action, FormerName, Measure, Term

    found = {
        f"page {page.code}": ("pages.Page", page.pk) for page in Page.objects.exclude(code=None)
    }
    found |= {
        f"route {page.route}": ("pages.Page", page.pk) for page in Page.objects.exclude(route="")
    }
    # Old names have no page each: they are rows of one.
    found |= {
        f"former name {n.pk}": ("programmes.FormerName", n.pk) for n in FormerName.objects.all()
    }
    found |= {f"term {t.code}": ("programmes.Term", t.pk) for t in Term.objects.all()}
    found |= {f"action {a.code}": ("programmes.Action", a.pk) for a in Action.objects.all()}
    return found | {
        f"measure {m.code}": ("programmes.Measure", m.pk) for m in Measure.objects.all()
    }


def _name_of(hit, known: dict[str, tuple[str, int]]) -> str:
    if hit.kind == "picture":
        return "picture"
    if hit.kind == "former_name":
        return "route tools:then_and_now"
    names = [name for name, record in known.items() if record == hit.record]
    return next((name for name in names if name.startswith("route tools:")), names[0])


def share(answers: Sequence[Asked], places: int) -> float:
    return sum(1 <= asked.place <= places for asked in answers) / max(1, len(answers))


def of_half(answers: Sequence[Asked], half: str) -> list[Asked]:
    return [asked for asked in answers if asked.question.half == half]


def line(name: str, answers: Sequence[Asked]) -> str:
    return f"{name:<12} {len(answers):>4} questions: {share(answers, 1):6.1%} first, {share(answers, 3):6.1%} in the first three"


def _set_up() -> None:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="erasmus-search-")
    os.environ.setdefault("SECRET_KEY", "measuring-only")
    os.environ["DJANGO_SETTINGS_MODULE"] = "erasmus_site.settings"
    os.environ["DATABASE_URL"] = ""
    import django

    django.setup()
    from django.core.management import call_command

    from programmes.seeding import seed

    call_command("migrate", verbosity=0)
    seed()


def main(arguments: Sequence[str]) -> int:
    if "--here" not in arguments:
        _set_up()
    every = questions()
    answers = ask(every)
    told = (TUNING, HELD_OUT) if "--all" in arguments else (TUNING,)
    for asked in answers:
        if asked.place != 1 and asked.question.half in told:
            q = asked.question
            print(
                f"{asked.place:>2}  {q.language}: {q.text}\n      {' or '.join(q.pages)}; found {', '.join(asked.found[:4])}"
            )
    for half in (TUNING, HELD_OUT):
        print(line(half, of_half(answers, half)))
    for language in ("nb", "nn", "en"):
        print(line(language, [a for a in answers if a.question.language == language]))
    if missing := len(every) - len(answers):
        print(f"{missing} questions are about pages that do not exist yet.")
    held_out = of_half(answers, HELD_OUT)
    return int(share(held_out, 1) < FIRST or share(held_out, 3) < FIRST_THREE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
