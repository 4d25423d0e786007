"""The Django application."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """App of the context."""

    name = "axle.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"
