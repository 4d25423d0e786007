"""Django registration of the servicing context."""

from django.apps import AppConfig


class ServicingConfig(AppConfig):
    name = "axle.servicing"
    label = "servicing"
    default_auto_field = "django.db.models.BigAutoField"
