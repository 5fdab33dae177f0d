from django.core.files.storage import default_storage, storages

from erasmus_site import addresses
from erasmus_site.operation import OperationError, files
from erasmus_site.operation.command import OperationCommand


class Command(OperationCommand):
    help = (
        "Copy every file of the site's store into another, a bucket or a folder, and compare them."
    )

    def add_arguments(self, parser):
        parser.add_argument("target", help="the address of a store, as in MEDIA_STORE_URL")

    def operate(self, *, target, **options):
        store = storages.create_storage(addresses.store(target, "The target"))
        names = list(files.names(default_storage))
        copied = 0
        for number, name in enumerate(names, start=1):
            copied += self._copy(name, store)
            if number % 100 == 0:
                self.tell(f"Files: {number} of {len(names)} …")
        self.tell(f"{len(names)} files are the same in both; {copied} were copied now.")
        if others := len(set(files.names(store)) - set(names)):
            self.stderr.write(f"The target has {others} files that the site has not; they stay.")
        self.tell("To use the copy, set MEDIA_STORE_URL to its address, and restart the site.")

    def _copy(self, name, store) -> bool:
        """Copy a file unless it is there; say whether. What arrived is read back."""
        wanted = files.stored_sum(default_storage, name)
        if wanted is None or files.stored_sum(store, name) == wanted:
            return False
        with default_storage.open(name) as file:
            files.put(store, name, file)
        if files.stored_sum(store, name) != wanted:
            raise OperationError(f"{name} did not arrive as it was read.")
        return True
