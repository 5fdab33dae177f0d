"""Search: what visitors ask for, in all that is published in their language.

Pure: `stems` makes one word of its forms (`lexicon` is the data), `weights` says what a text is about,
`queries` reads a question, `spelling` and `snippets` help to read the answer, `ranking` puts answers in order.
On the database: `sources` is what is searched, `watching` notices every change of it, `index` follows,
`engines` is what SQLite and PostgreSQL do each in their own way, `finding` answers.
"""
