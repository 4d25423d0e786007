"""URLs: the API, health, and the built console at the root."""

from django.conf import settings
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.views.defaults import page_not_found

from axle.config.api import api, missing


def health(request: HttpRequest) -> HttpResponse:
    """Whether the web process reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def phone(request: HttpRequest) -> HttpResponseBase:
    """The light pages: for dealers, for our people in the field, for borrowers, and for whoever checks a document."""
    return FileResponse((settings.CONSOLE_DIST / "h5.html").open("rb"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """An address that nothing answers: below the API as every refusal is told, elsewhere as a page."""
    return missing() if request.path.startswith("/api/") else page_not_found(request, exception)


handler404 = not_found
urlpatterns = [
    path("api/v1/", api.urls),
    path("healthz", health),
    path("dealer", phone),
    path("field", phone),
    path("me", phone),
    path("verify", phone),
]
