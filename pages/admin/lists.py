"""Lists that a made-up address cannot break."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import DataError


class SoundChangeList(ChangeList):
    def get_results(self, request):
        """Take what no database can look for, as a number beyond all, for a wrong filter, as it is."""
        try:
            super().get_results(request)
        except (DataError, OverflowError) as error:
            raise IncorrectLookupParameters from error


class SoundListAdmin(admin.ModelAdmin):
    def get_changelist(self, request, **kwargs):
        return SoundChangeList
