from django.core.management.base import BaseCommand

from pages.models import Image


class Command(BaseCommand):
    help = "Write the files of every picture that lacks them."

    def handle(self, *args, **options):
        pictures = [image for image in Image.objects.order_by("pk") if not image.has_renditions]
        for number, image in enumerate(pictures, start=1):
            image.make_renditions()
            self.stdout.write(f"  picture {number} of {len(pictures)}: {image}")
        self.stdout.write(f"Pictures: {len(pictures)} made ready.")
