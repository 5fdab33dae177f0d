"""«Satser»: the rates of a year as tables, each with its source, and what has changed since the year before."""
