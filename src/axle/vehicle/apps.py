"""Django registration of the vehicle context."""

from django.apps import AppConfig


class VehicleConfig(AppConfig):
    name = "axle.vehicle"
    label = "vehicle"
    default_auto_field = "django.db.models.BigAutoField"
