"""Forget old versions: those of the last year, named ones and each record's newest are kept."""

from datetime import timedelta

from django.core.management import BaseCommand
from django.db.models import Exists, OuterRef
from django.utils import timezone

from pages.models import PreviewLink, Revision


class Command(BaseCommand):
    help = "Forget versions older than a year, but for named ones and each record's newest."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=365, help="how many days to keep (365)")

    def handle(self, *args, days, **options):
        newer = Revision.objects.filter(
            content_type=OuterRef("content_type"),
            object_id=OuterRef("object_id"),
            made_at__gt=OuterRef("made_at"),
        )
        old = Revision.objects.filter(made_at__lt=timezone.now() - timedelta(days=days), label="")
        # Found first: a database may not delete from a table while it is asking it.
        keys = list(old.filter(Exists(newer)).values_list("pk", flat=True))
        for start in range(0, len(keys), 500):
            Revision.objects.filter(pk__in=keys[start : start + 500]).delete()
        PreviewLink.objects.filter(expires_at__lt=timezone.now()).delete()
        self.stdout.write(f"{len(keys)} versions forgotten")
