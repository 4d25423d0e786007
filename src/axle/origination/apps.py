"""Django registration of origination."""

from django.apps import AppConfig


class OriginationConfig(AppConfig):
    name = "axle.origination"
    label = "origination"
    default_auto_field = "django.db.models.BigAutoField"
