"""Policy of the admin: the site's own policy is stricter than an editor's tools allow."""

from django.conf import settings
from django.urls import reverse


class AdminPolicyMiddleware:
    """Adds `settings.ADMIN_CSP` to the policy of answers below the admin's address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(reverse("admin:index")):
            response._csp_update = settings.ADMIN_CSP
        return response
