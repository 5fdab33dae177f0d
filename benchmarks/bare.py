"""What the page cache is measured against: a Django view without middleware that says the same.

Answers every address with the headers and the body that the file BARE_ANSWER holds, pickled.
"""

import os
import pickle
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path

settings.configure(
    **{"SECRET_KEY": "benchmarks-only", "ROOT_URLCONF": __name__, "ALLOWED_HOSTS": ["*"]},
    **{"MIDDLEWARE": []},
)
STATUS, HEADERS, BODY = pickle.loads(Path(os.environ["BARE_ANSWER"]).read_bytes())  # noqa: S301


def answer(request):
    return HttpResponse(BODY, status=STATUS, headers=HEADERS)


urlpatterns = [re_path("", answer)]
application = get_wsgi_application()
