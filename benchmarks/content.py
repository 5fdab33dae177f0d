"""A site of its own for each measurement: seeded, without pictures, and as large as is wanted."""

import logging
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def set_up(database: str = "") -> None:
    """Make a site of its own, seeded, without pictures; in an SQLite file where no database is named."""
    sys.path.insert(0, str(ROOT))
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="erasmus-benchmark-")
    os.environ.setdefault("SECRET_KEY", "benchmarks-only")
    os.environ["DJANGO_SETTINGS_MODULE"] = "erasmus_site.settings"
    os.environ["DATABASE_URL"] = database
    import django

    django.setup()
    logging.getLogger("erasmus_site.access").setLevel(logging.WARNING)
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    from programmes.seeding import seed

    seed()


def grow_to(size: int) -> None:
    """Add measures and pages until there are `size` of each."""
    from django.utils import timezone

    from pages.models import Page
    from programmes.models import Action, Measure, Period

    actions = list(Action.objects.all())
    period = Period.objects.get(code="2014-2020")
    moment, languages = timezone.now(), ("nb", "nn", "en")
    prose = "<p>" + "En setning om hva skolen kan søke om. " * 40 + "</p>"

    def words(name: str, text: str) -> dict[str, str]:
        return {f"{name}_{code}": text for code in languages}

    Measure.objects.bulk_create(
        Measure(
            **{"action": actions[number % len(actions)], "period": period, "publish_at": moment},
            **{"position": 1_000 + number},
            **words("title", f"Tiltak {number}"),
            **words("slug", f"tiltak-{number}"),
            **words("summary", "Kort sagt."),
            **words("what_is_funded", prose),
        )
        for number in range(Measure.objects.count(), size)
    )
    Page.objects.bulk_create(
        Page(
            **{"publish_at": moment, "position": 1_000 + number},
            **words("title", f"Side {number}"),
            **words("slug", f"side-{number}"),
            **words("path", f"side-{number}"),
            **words("body", prose),
        )
        for number in range(Page.objects.count(), size)
    )
