import logging

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from erasmus_site.door import factors, sessions

logger = logging.getLogger("erasmus.door")


class Command(BaseCommand):
    help = (
        "Let somebody in who has lost phone, keys and recovery codes: take away their second factors "
        "and sign them out everywhere. They make new ones at the next sign-in. Be sure who asks."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="the username")

    def handle(self, *args, name, **options):
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"Nobody is called {name}.")
        number = factors.remove_all(user)
        sessions.end_all(user)
        logger.warning("%s lost every second factor, by a command", user)
        self.stdout.write(
            f"{name} had {number}, and signs in with the password alone the next time."
        )
