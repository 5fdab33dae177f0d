from django.core.management.base import BaseCommand

from pages.discovery import sharing


class Command(BaseCommand):
    help = "Make the pictures of shared pages that are missing, and remove those of no page."

    def add_arguments(self, parser):
        parser.add_argument(
            "--all", action="store_true", help="make those anew that are there, too"
        )

    def handle(self, *args, **options):
        keys, made, seen = sharing.every_key(), 0, 0
        for some in sharing.batches(keys):
            seen += len(some)
            if cards := sharing.refresh(some, anew=options["all"]):
                made += cards
                self.stdout.write(f"  page {seen} of {len(keys)}: {cards} made")
        removed = sharing.remove_unused()
        self.stdout.write(f"Share pictures: {made} made, {removed} of no page removed.")
