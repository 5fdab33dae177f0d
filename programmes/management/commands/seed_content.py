from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from programmes.seeding import SEED_DIR, SeedError, seed


class Command(BaseCommand):
    help = "Write the site's first content. Safe to repeat: never overwrites an editor's work."

    def add_arguments(self, parser):
        parser.add_argument(
            "--folder", type=Path, default=SEED_DIR, help="where the TOML files are"
        )

    def handle(self, *args, folder, verbosity, **options):
        try:
            report = seed(folder, self._progress if verbosity > 1 else lambda line: None)
        except SeedError as error:
            raise CommandError(f"Nothing was written. {error}") from error
        for refusal in report.refused:
            self.stderr.write(
                f"  Left out, since it does not fit what editors have made: {refusal}"
            )
        self.stdout.write(
            f"Content: {report.created} new, {report.renewed} renewed, {report.removed} removed, "
            f"{report.untouched} as they were."
        )

    def _progress(self, line: str) -> None:
        self.stdout.write(f"  {line}")
