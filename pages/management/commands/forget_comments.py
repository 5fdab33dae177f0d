"""Delete what visitors wrote more than a year ago. How many said yes and no is kept."""

from django.core.management import BaseCommand
from django.utils import timezone

from pages.models import Feedback


class Command(BaseCommand):
    help = "Delete what visitors wrote more than a year ago; their yes and no are kept."

    def handle(self, *args, **options):
        number = Feedback.objects.forget_comments(timezone.localdate())
        self.stdout.write(f"{number} comments forgotten")
