from django.core.management.base import BaseCommand

from pages.search import index


class Command(BaseCommand):
    help = "Make the search's index anew, while it goes on answering."

    def add_arguments(self, parser):
        parser.add_argument(
            "--changed",
            action="store_true",
            help="read only what has changed; all of it where this release makes the index otherwise",
        )

    def handle(self, *args, **options):
        if options["changed"] and index.is_of_these_rules():
            done = index.catch_up(tell=self.tell)
        else:
            done = index.rebuild(tell=self.tell)
        self.stdout.write(f"Search: {done} records read.")

    def tell(self, done: int, left: int) -> None:
        if left:
            self.stdout.write(f"  {done} records read, {left} changes left")
