"""The search's own tables: what is searched, the words there are, and what has changed since.

Made from the content, and made anew from it at any time: see pages.search.
"""

from django.db import models


class OfSearch(models.Model):
    """Abstract. No visitor sees these rows themselves, and each database makes its own."""

    SEEN_BY_VISITORS = False
    IS_COPIED = False

    class Meta:
        abstract = True
        default_permissions = ()


class SearchEntry(OfSearch):
    """A record, or a part of one such as a picture's caption, in one language, as visitors of a shelf find it.

    A shelf is what visitors of a language search: all that there is in it, and what there is in the other
    written form only. The key tells record, part and shelf: see pages.search.index.
    """

    id = models.BigIntegerField(primary_key=True)
    model = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    shelf = models.CharField(max_length=8)
    language = models.CharField(max_length=8)
    # What it is one of several of: the same picture on two pages is found once.
    twin = models.CharField(max_length=80, blank=True)
    title = models.TextField()
    note = models.TextField(blank=True)
    anchor = models.CharField(max_length=120, blank=True)
    # [[text, heading, anchor], …]: what a snippet is cut from.
    passages = models.JSONField(default=list)
    # Read by the hundred at each search: see pages.search.packed.
    weights = models.BinaryField()
    title_stems = models.TextField(blank=True)
    # With a space between; of stems and forms that it is found by.
    facets = models.TextField(blank=True)
    stems = models.TextField(blank=True)
    forms = models.TextField(blank=True)
    # In per cent: history is worth less than what can be had today.
    worth = models.PositiveSmallIntegerField(default=100)
    digest = models.CharField(max_length=32)

    class Meta(OfSearch.Meta):
        indexes = [models.Index(fields=["model", "object_id"], name="search_entries_of_record")]

    def __str__(self):
        return f"{self.shelf}: {self.title}"


class SearchStem(OfSearch):
    """In how many entries of a shelf a stem stands. The empty stem stands in all of them."""

    shelf = models.CharField(max_length=8)
    stem = models.CharField(max_length=50)
    entries = models.IntegerField()

    class Meta(OfSearch.Meta):
        constraints = [models.UniqueConstraint(fields=["shelf", "stem"], name="search_stem_once")]

    def __str__(self):
        return self.stem


class SearchForm(OfSearch):
    """A word as it is written in some entry of a shelf, for those who misspell it or write its beginning."""

    shelf = models.CharField(max_length=8)
    form = models.CharField(max_length=50)
    entries = models.IntegerField()
    skeleton = models.CharField(max_length=20)
    beginning = models.CharField(max_length=4)

    class Meta(OfSearch.Meta):
        constraints = [models.UniqueConstraint(fields=["shelf", "form"], name="search_form_once")]
        indexes = [
            models.Index(fields=["shelf", "skeleton"], name="search_form_skeleton"),
            models.Index(fields=["shelf", "beginning"], name="search_form_beginning"),
        ]

    def __str__(self):
        return self.form


class SearchChange(OfSearch):
    """A row of content that has changed since the index was last brought up to date: triggers write it.

    `watched` is the table and the column whose value is `key`. Never made unique: a change that is made
    while an earlier one of the same row is being read must not be taken for that.
    """

    watched = models.CharField(max_length=120)
    key = models.BigIntegerField()

    class Meta(OfSearch.Meta):
        pass

    def __str__(self):
        return f"{self.watched} {self.key}"


class SearchState(OfSearch):
    """One row: by which rules the index was made. Whoever brings it up to date locks it."""

    rules = models.CharField(max_length=32, blank=True)

    class Meta(OfSearch.Meta):
        pass

    def __str__(self):
        return self.rules
