"""Publish the changes whose moment has come. Visitors' requests do it too: for a site at rest."""

from django.core.management import BaseCommand

from pages import publishing


class Command(BaseCommand):
    help = "Publish the changes whose moment has come."

    def handle(self, *args, **options):
        self.stdout.write(f"{publishing.publish_due()} published")
