"""Keeps allauth's tables out of the admin: keys are not to be read or changed by hand."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin

admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)
