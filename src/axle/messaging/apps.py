"""The Django application."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MessagingConfig(AppConfig):
    """App of the context."""

    name = "axle.messaging"
    label = "messaging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Install the shipped templates whenever the tables have been made or emptied."""
        post_migrate.connect(_install, sender=self)


def _install(**_signal: Any) -> None:
    from axle.messaging.services.sms_templates_install import sms_templates_install

    sms_templates_install()
