"""Django registration of decisioning."""

from django.apps import AppConfig


class DecisioningConfig(AppConfig):
    name = "axle.decisioning"
    label = "decisioning"
    default_auto_field = "django.db.models.BigAutoField"
