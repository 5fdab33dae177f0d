from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from erasmus_site.operation import readiness
from pages.models import Address


class Command(BaseCommand):
    help = (
        "Bring database, content and pictures up to date. Safe to repeat; keeps all that is there."
    )

    def handle(self, *args, **options):
        if found := readiness.told():
            raise CommandError(found)
        self.stdout.write("Database …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_content", stdout=self.stdout)
        self.stdout.write(f"Addresses: {Address.objects.keep_all()} new or changed.")
        call_command("renditions", stdout=self.stdout)
        call_command("share_cards", stdout=self.stdout)
        call_command("reindex", changed=True, stdout=self.stdout)
