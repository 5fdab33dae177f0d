from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages.discovery.indexnow import NotTakenError, is_public_origin, news, tell


class Command(BaseCommand):
    help = "Tell search engines, by IndexNow, which pages are new, changed or gone since the last time."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="print them, and tell nobody")

    def handle(self, *args, dry_run, **options):
        if not settings.INDEXNOW_KEY:
            self.stdout.write("IndexNow is off: INDEXNOW_KEY is not set.")
            return
        if not is_public_origin(settings.SITE_URL):
            raise CommandError(
                f"SITE_URL is {settings.SITE_URL}: search engines are told of public https addresses only."
            )
        fresh = news()
        if dry_run:
            for url in sorted(fresh):
                self.stdout.write(url)
            return
        try:
            tell(fresh)
        except NotTakenError as error:
            raise CommandError(f"{error} The next run tries again.") from error
        self.stdout.write(f"{len(fresh)} addresses told.")
