from pathlib import Path

from django.core.management import call_command

from erasmus_site.operation.command import OperationCommand
from erasmus_site.operation.restore import restore


class Command(OperationCommand):
    help = "Bring a backup back: all of it, or nothing where anything is wrong with it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a file that `backup` made")
        parser.add_argument(
            "--replace", action="store_true", help="replace what is here, and keep it as a backup"
        )

    def operate(self, *, file, replace, **options):
        restore(file.absolute(), replace, self.tell)
        # What the backup lacked, and what this release makes that the one of the backup did not.
        call_command("renditions", stdout=self.stdout, stderr=self.stderr)
        self.tell("Restored. Everybody signs in anew. Restart the site where it runs.")
