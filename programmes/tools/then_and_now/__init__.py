"""Then and now: what old names and codes are called today."""
