"""The teachers' tools: each in a package of its own, of pure functions and a view.

A tool's page is a `Page` with a route: its words are the editors', its address stands in the URL table.
"""
