"""How the site is found: what search engines, feed readers and those who share a page are told.

Visitors see none of it. Every address here comes from `pages.languages`.
"""
