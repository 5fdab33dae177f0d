from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages import catalogues


class Command(BaseCommand):
    help = "Compile the message catalogues."

    def add_arguments(self, parser):
        parser.add_argument(
            "--collect", action="store_true", help="first bring them in line with the source"
        )
        parser.add_argument("--check", action="store_true", help="fail where one is not in line")

    def handle(self, *args, collect, check, **options):
        if check:
            return self._check()
        messages = catalogues.collect(settings.BASE_DIR) if collect else None
        if collect:
            self._begin_new_languages()
        for folder in map(Path, settings.LOCALE_PATHS):
            for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                if messages is not None and path.stem == "django":
                    catalogues.renew(path, messages)
                catalogues.compile_catalogue(path)
                self._report(path)

    def _begin_new_languages(self) -> None:
        """Message ids are English: every other language of the settings needs a catalogue."""
        for code, _name in settings.LANGUAGES:
            path = Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"
            if code != "en" and not path.exists():
                catalogues.begin(path, code)

    def _check(self) -> None:
        problems = catalogues.problems(settings.BASE_DIR, map(Path, settings.LOCALE_PATHS))
        if problems:
            raise CommandError("\n".join(problems))

    def _report(self, path: Path) -> None:
        missing = catalogues.unfinished(catalogues.read(path))
        self.stdout.write(f"Messages: {path.parts[-3]} {path.stem}, {len(missing)} unfinished.")
        for message in missing:
            self.stdout.write(f"  {message}")
