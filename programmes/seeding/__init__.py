"""The site's first content, read from readable files and written once.

`programmes/seed/*.toml` hold tables named after the models, keyed by `code`. Seeding again adds what
is new and renews what nobody has touched. What an editor changed stays changed, what one deleted stays
deleted: `Seeded` remembers what the seed wrote last.
"""

from programmes.seeding.files import SEED_DIR, SeedError
from programmes.seeding.writing import Report, seed

__all__ = ["SEED_DIR", "Report", "SeedError", "seed"]
