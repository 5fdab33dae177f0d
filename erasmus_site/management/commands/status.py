import json
import sys
from dataclasses import asdict

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from erasmus_site.operation.status import Told, status

WIDTH = 100


class Command(BaseCommand):
    help = "Tell in one screen how the site is: sizes, backup, plans, translations, links, errors."
    # A site that is not well is just what it is asked about.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for machines")
        parser.add_argument(
            "--strict", action="store_true", help="exit with 1 where something needs a hand"
        )

    def handle(self, *args, strict, **options):
        with translation.override("en"):
            told = status()
        lines = [json.dumps(_facts(told), indent=2)] if options["json"] else self._lines(told)
        self.stdout.write("\n".join(lines))
        if strict and any(each.needs_hand for each in told.values()):
            sys.exit(1)

    def _lines(self, told: dict[str, Told]) -> list[str]:
        now = timezone.localtime()
        number = sum(each.needs_hand for each in told.values())
        return [
            f"{settings.SITE_URL}, {now:%Y-%m-%d %H:%M}",
            *(self._line(name, each) for name, each in told.items()),
            f"Marked with !: {number} to look at." if number else "All is well.",
        ]

    def _line(self, name: str, told: Told) -> str:
        mark = "!" if told.needs_hand else " "
        line = f"{mark} {name:<14}{told.words}"
        line = line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"
        return self.style.WARNING(line) if told.needs_hand else line


def _facts(told: dict[str, Told]) -> dict[str, dict]:
    return {name.replace(" ", "_"): asdict(each) for name, each in told.items()}
