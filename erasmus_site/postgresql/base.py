"""The name is Django's: where it looks for a database's wrapper."""

from django.db.backends.postgresql import base

from erasmus_site.postgresql import driver


class DatabaseWrapper(base.DatabaseWrapper):
    Database = driver
