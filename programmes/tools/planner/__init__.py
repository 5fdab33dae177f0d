"""The planner: from a deadline backwards to what must be done, and when.

`holidays` reckons public holidays and `plan` the steps' days, both without a database.
"""
