"""PostgreSQL as Django speaks with it, but waited for no longer than who asked waits."""
