"""Running the site: what an operator sees of it, and what keeps it going."""
