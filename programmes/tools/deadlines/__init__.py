"""The deadlines: a board, calendar files, a feed, and what is shown of them elsewhere.

`dates` tells where a deadline stands at a moment and `board` puts many in order, both without a database;
`wording` says it in words. `calendars` writes iCalendar files.
"""
