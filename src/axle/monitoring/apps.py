"""Django registration of monitoring."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "axle.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"
