"""Django registration of documents."""

import logging

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "axle.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The signing libraries log the names on certificates: personal data stays out of logs."""
        for name in ("pyhanko", "pyhanko_certvalidator"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
