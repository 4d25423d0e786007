"""Starts the wiring once Django knows every model."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "axle.config"
    label = "config"

    def ready(self) -> None:
        """Connect ports, events, end-of-day steps and checks."""
        from axle.config.wiring import wire

        wire()
