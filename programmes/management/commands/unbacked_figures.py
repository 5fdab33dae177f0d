from django.core.management.base import BaseCommand, CommandError

from programmes.sourcing import unbacked


class Command(BaseCommand):
    help = (
        "List the amounts, shares and dates that visitors read and no source of their page names."
    )

    def handle(self, *args, **options):
        found = [str(statement) for statement in unbacked()]
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} figures without a source.")
        self.stdout.write("Every figure is named by a source of its page.")
