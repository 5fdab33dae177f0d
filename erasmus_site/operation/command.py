"""What the commands of operation have in common: a fault is told in a sentence, not as a traceback."""

import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from erasmus_site.operation import OperationError
from erasmus_site.operation.databases import first_line


class OperationCommand(BaseCommand):
    """Says what it does as it goes along; `operate` does it."""

    # Also on a machine where something is wrong, which is when one needs it.
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        try:
            self.operate(**options)
        except (OperationError, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
        except store_errors() as error:
            raise CommandError(f"The store of pictures: {first_line(error)}") from error

    def operate(self, **options: Any) -> None:
        raise NotImplementedError

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def store_errors() -> tuple[type[Exception], ...]:
    """What a bucket may answer; nothing where no bucket is used."""
    if "botocore" not in sys.modules:
        return ()
    from botocore.exceptions import BotoCoreError, ClientError

    return (BotoCoreError, ClientError)
