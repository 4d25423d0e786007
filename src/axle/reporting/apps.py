"""Django registration of the reporting context."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "axle.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
