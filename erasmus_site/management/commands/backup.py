from pathlib import Path

from django.conf import settings

from erasmus_site.operation import OperationError, backup
from erasmus_site.operation.command import OperationCommand


class Command(OperationCommand):
    help = "Back up the running site: database and files, in one file that has been read back."

    def add_arguments(self, parser):
        parser.add_argument(
            "--folder", type=Path, default=settings.BACKUP_DIR, help="where to (BACKUP_DIR)"
        )
        parser.add_argument(
            "--keep", type=int, default=settings.BACKUP_KEEP, help="how many to keep (BACKUP_KEEP)"
        )

    def operate(self, *, folder, keep, **options):
        if keep < 1:
            raise OperationError("At least one backup must be kept: BACKUP_KEEP or --keep.")
        path, manifest = backup.make(folder.absolute(), keep, self.tell)
        for name in manifest.missing:
            self.stderr.write(f"Missing, and so not in the backup: {name}")
        size = path.stat().st_size
        self.tell(f"{path} ({size / 1_000_000:.1f} MB, read back and found whole)")
