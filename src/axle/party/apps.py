"""The Django application."""

from django.apps import AppConfig


class PartyConfig(AppConfig):
    """App of the context."""

    name = "axle.party"
    label = "party"
    default_auto_field = "django.db.models.BigAutoField"
