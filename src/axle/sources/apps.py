"""Django registration of sources."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "axle.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"
