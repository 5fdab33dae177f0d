from django.core.management.base import BaseCommand

from pages.discovery import sharing
from pages.models import Image
from pages.renditions import PictureError


class Command(BaseCommand):
    help = "Write the files of every picture that lacks any; `share_cards` shows them where they are shared."

    def handle(self, *args, **options):
        pictures = [image for image in Image.objects.order_by("pk") if image.lacks_files()]
        failed = 0
        for number, image in enumerate(pictures, start=1):
            try:
                with sharing.postponed():
                    image.make_renditions()
                self.stdout.write(f"  picture {number} of {len(pictures)}: {image}")
            except (PictureError, OSError) as error:
                # One lost original must not keep the whole site from starting.
                failed += 1
                self.stderr.write(f"  picture {number} of {len(pictures)}: {image} FAILED: {error}")
        self.stdout.write(f"Pictures: {len(pictures) - failed} made ready, {failed} failed.")
