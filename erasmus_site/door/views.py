"""The account pages where allauth's own views are not quite what is wanted here."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render

from erasmus_site.door import log

# The longest of the usual waits of ACCOUNT_RATE_LIMITS, in seconds.
WAIT = 5 * 60


class RemovePasskeyView(RemoveWebAuthnView):
    """allauth asks only of the app whether it may be taken away."""

    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(self.get_success_url())
        return super().form_valid(form)


def overview(request):
    """Where allauth leads to its own list of keys: they stand on the overview here."""
    return redirect("mfa_index")


def too_many_tries(request):
    log.too_many_tries(request)
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(WAIT)
    return response
