"""What every answer carries and every request must keep to."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from axle.kernel.errors import AxleError
from axle.platform.http.answers import error_answer
from axle.platform.public import current_locale, pick_locale

_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; "
    "frame-src 'self' blob:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'; object-src 'none'"
)


_SAFE = {"GET", "HEAD", "OPTIONS"}


class CsrfRefused(AxleError):
    """The CSRF token is missing or old, or another site's page sends the request; reload the page."""

    code = "csrf_refused"
    http_status = 403


class TextInvalid(AxleError):
    """The request holds a NUL character, which no text of ours can."""

    code = "text_invalid"
    http_status = 400


class SafetyMiddleware:
    """Security headers, language, and refusal of characters that no text can hold."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_locale.set(pick_locale(request.headers.get("Accept-Language", "")))
        try:
            response = self._refuse(request) or self._get_response(request)
        finally:
            current_locale.reset(token)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if settings.SESSION_COOKIE_SECURE:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.path.startswith("/api/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _refuse(self, request: HttpRequest) -> HttpResponse | None:
        has_nul = "\x00" in request.path or any("\x00" in value for value in request.GET.values())
        is_json = request.content_type == "application/json"
        if request.method not in _SAFE and _is_foreign(request):
            return error_answer(CsrfRefused())
        if has_nul or (is_json and request.method != "GET" and _holds_nul(request)):
            return error_answer(TextInvalid())
        return None


def _is_foreign(request: HttpRequest) -> bool:
    """Tell whether a browser sends this for another site's page; programs name no origin."""
    origin = request.headers.get("Origin")
    if not origin or origin in settings.CSRF_TRUSTED_ORIGINS:
        return False
    return urlsplit(origin).netloc != request.get_host()


def _holds_nul(request: HttpRequest) -> bool:
    try:
        body = request.body
    except Exception:  # too large or cut off: the view answers for it
        return False
    return b"\\u0000" in body or b"\x00" in body
