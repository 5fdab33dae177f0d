"""The page cache: whole answers to visitors, kept for as long as nothing that they show has changed.

`wsgi` answers; `asked` says what was asked for, `stored` how it is kept, `headers` what others may keep;
`generation` tells whether the content has changed, `moments` when it will look otherwise by itself;
`release` tells this code from other code, and `locks` lets one process render for all.
"""
