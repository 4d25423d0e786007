"""Django registration of the channel context."""

from django.apps import AppConfig


class ChannelConfig(AppConfig):
    name = "axle.channel"
    label = "channel"
    default_auto_field = "django.db.models.BigAutoField"
