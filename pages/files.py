"""Files in a folder of this machine, each whole or not there."""

import os
from pathlib import Path
from uuid import uuid4

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Gives a file its name when all of it is on the disk.

    Names are made from content here, so that a file is taken for whole as soon as there is one of its
    name: the half that a full disk or a power cut leaves must have none.
    """

    def _save(self, name, content):
        part = f"{name}.{uuid4().hex}.part"
        try:
            super()._save(part, content)
            with Path(self.path(part)).open("rb") as file:
                os.fsync(file)
            Path(self.path(part)).replace(self.path(name))
        except OSError:
            self.delete(part)
            raise
        return name
