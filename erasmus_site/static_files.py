"""How static files are stored: under names made from their content, compressed once."""

import re
from collections.abc import Iterable

from whitenoise.storage import CompressedManifestStaticFilesStorage

_NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{12}\.")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Compresses what pages ask for. The same file lies there under its own name too, for whoever asks by
    hand; compressing that as well would take as long again at every first start.
    """

    def compress_files(self, paths: Iterable[str]):
        return super().compress_files([path for path in paths if _NAMED_BY_CONTENT.search(path)])
