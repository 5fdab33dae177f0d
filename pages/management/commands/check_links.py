from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages.fetching import Fetcher
from pages.link_check import refresh
from pages.models import Link


class Command(BaseCommand):
    help = (
        "Find dead links in all texts; with --external ask those elsewhere too, each once a week."
    )

    def add_arguments(self, parser):
        parser.add_argument("--external", action="store_true", help="ask other sites, politely")

    def handle(self, *args, external, **options):
        refresh()
        if external:
            self._ask_elsewhere()
        dead = list(Link.objects.dead())
        for link in dead:
            self.stdout.write(f"{link.address}: {link.told}")
            for use in link.uses:
                self.stdout.write(
                    f"  in «{use['title']}», {use['field']} {use['language']}".rstrip()
                )
        if dead:
            raise CommandError(f"{len(dead)} dead.")
        self.stdout.write("No dead links.")

    def _ask_elsewhere(self) -> None:
        fetcher = Fetcher(
            f"linkcheck/1.0 (+{settings.SITE_URL}/)", may_ask_private=settings.LINK_CHECK_PRIVATE
        )
        due = list(Link.objects.due())
        for number, link in enumerate(due, start=1):
            link.note(fetcher.ask(link.address))
            self.stdout.write(f"  {number} of {len(due)}: {link.address} {link.status}")
