from django.db import DEFAULT_DB_ALIAS

from erasmus_site import addresses
from erasmus_site.operation import databases, moving
from erasmus_site.operation.command import OperationCommand
from pages.cache import generation

_TARGET = "target"


class Command(OperationCommand):
    help = "Copy the site's database into an empty one, SQLite or PostgreSQL, and compare them."

    def add_arguments(self, parser):
        parser.add_argument("target", help="the address of an empty database, as in DATABASE_URL")

    def operate(self, *, target, **options):
        databases.require_answer(DEFAULT_DB_ALIAS, "The site's database")
        moving.require_release(DEFAULT_DB_ALIAS)
        with databases.opened(_TARGET, addresses.database(target, "The target")):
            databases.require_answer(_TARGET, "The target")
            moving.require_room(_TARGET)
            self.tell("Making the tables …")
            databases.migrate(_TARGET)
            before = generation.current()
            self.tell(f"{'rows':>8}  {'sum':12}  table")
            moving.copy(DEFAULT_DB_ALIAS, _TARGET, self._tell_table)
        if generation.current() != before:
            self.stderr.write(
                "The site was changed meanwhile, and the change is not in the copy: "
                "empty the target and do it once more while nobody edits."
            )
        self.tell("All tables are the same in both; nothing was changed in the site's own.")
        self.tell(
            "To use the copy, set DATABASE_URL to the target's address, and restart the site."
        )

    def _tell_table(self, copied: moving.Copied) -> None:
        mark = "" if copied.source == copied.target else "  DIFFERS"
        self.tell(f"{copied.target.number:>8}  {copied.target.sum[:12]}  {copied.table}{mark}")
