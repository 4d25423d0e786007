"""Django settings, from the environment. Secrets live in a file outside the repository."""

import contextlib
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import django_stubs_ext

from axle.config.runtime.addresses import database_settings

django_stubs_ext.monkeypatch()

ROOT = Path(os.environ.get("AXLE_ROOT", Path(__file__).resolve().parents[3]))
AXLE_VAR = Path(os.environ.get("AXLE_VAR", ROOT / "var"))
IS_TEST = "pytest" in sys.modules


def _new_secrets() -> dict[str, Any]:
    return {
        "django": secrets.token_urlsafe(48),
        "index_key": secrets.token_hex(32),
        "data_keys": {"1": secrets.token_hex(32)},
    }


def _secrets() -> dict[str, Any]:
    """The installation's secrets: read from ``AXLE_SECRETS_FILE``, made once on first use, mode 0600."""
    path = Path(os.environ.get("AXLE_SECRETS_FILE", AXLE_VAR / "secrets.json"))
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(_new_secrets()))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)  # atomic: the first of several processes wins
        fresh.unlink()
    loaded: dict[str, Any] = json.loads(path.read_text())
    return loaded


AXLE_SECRETS = _secrets()
AXLE_DATA_CIPHER = os.environ.get("AXLE_DATA_CIPHER", "SM4")
AXLE_S3_BUCKET = os.environ.get("AXLE_S3_BUCKET", "")
AXLE_S3_ENDPOINT = os.environ.get("AXLE_S3_ENDPOINT") or "https://s3.amazonaws.com"
AXLE_S3_REGION = os.environ.get("AXLE_S3_REGION") or "us-east-1"
AXLE_S3_ACCESS_KEY = os.environ.get("AXLE_S3_ACCESS_KEY", AXLE_SECRETS.get("s3_access_key", ""))
AXLE_S3_SECRET_KEY = os.environ.get("AXLE_S3_SECRET_KEY", AXLE_SECRETS.get("s3_secret_key", ""))
AXLE_TRUSTED_PROXY = os.environ.get("AXLE_TRUSTED_PROXY") == "1"
EOD_WORKERS = int(os.environ.get("AXLE_EOD_WORKERS") or min(os.cpu_count() or 1, 8))
AXLE_PORT = int(os.environ.get("AXLE_PORT", "8000"))
AXLE_SANDBOX_PORT = int(os.environ.get("AXLE_SANDBOX_PORT", "8790"))
AXLE_SANDBOX_URL = os.environ.get("AXLE_SANDBOX_URL", f"http://127.0.0.1:{AXLE_SANDBOX_PORT}")
AXLE_TSA_URL = os.environ.get("AXLE_TSA_URL") or f"{AXLE_SANDBOX_URL}/tsa"
AXLE_TRUSTED_ROOTS = os.environ.get("AXLE_TRUSTED_ROOTS", "")
AXLE_PUBLIC_URL = os.environ.get("AXLE_PUBLIC_URL", f"http://127.0.0.1:{AXLE_PORT}")

SECRET_KEY = AXLE_SECRETS["django"]
DEBUG = False
ALLOWED_HOSTS = os.environ.get("AXLE_HOSTS", "*").split(",")
ROOT_URLCONF = "axle.config.urls"
WSGI_APPLICATION = "axle.config.wsgi.application"
AUTH_USER_MODEL = "platform.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CONTEXTS = [
    "platform",
    "ledger",
    "workflow",
    "documents",
    "messaging",
    "payments",
    "party",
    "scoring",
    "sources",
    "decisioning",
    "product",
    "vehicle",
    "channel",
    "origination",
    "servicing",
    "accounting",
    "monitoring",
    "reporting",
]
CONTEXTS = [name for name in CONTEXTS if (Path(__file__).parents[1] / name / "apps.py").exists()]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    *(f"axle.{name}.apps.{name.title()}Config" for name in CONTEXTS),
    "axle.config.apps.ConfigConfig",
]
MIDDLEWARE = [
    "axle.config.middleware.SafetyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES: list[Any] = []

DATABASES = {
    "default": database_settings(os.environ.get("DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres"))
}
if IS_TEST:  # lets the test runner empty append-only tables between transactional tests
    DATABASES["default"]["OPTIONS"]["options"] = "-c axle.maintenance=on"
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get("AXLE_TEST_TEMPLATE")}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher" if IS_TEST else "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["username"]}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "axle_session"
SESSION_COOKIE_AGE = int(os.environ.get("AXLE_SESSION_SECONDS", "28800"))
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("AXLE_HTTPS") == "1"
CSRF_HEADER_NAME = "HTTP_X_CSRFTOKEN"
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("AXLE_ORIGINS", "").split(",") if origin]
CSRF_FAILURE_VIEW = "axle.config.api.csrf_refused"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = False
STATIC_URL = "/static/"
CONSOLE_DIST = ROOT / "console/dist"
WHITENOISE_ROOT = CONSOLE_DIST if CONSOLE_DIST.is_dir() else None
WHITENOISE_INDEX_FILE = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "axle.config.logs.PrivateFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("AXLE_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]
