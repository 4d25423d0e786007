"""Django registration of scoring."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "axle.scoring"
    label = "scoring"
    default_auto_field = "django.db.models.BigAutoField"
