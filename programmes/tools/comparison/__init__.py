"""Compare: two to five measures side by side."""
