"""Django registration of product."""

from django.apps import AppConfig


class ProductConfig(AppConfig):
    name = "axle.product"
    label = "product"
    default_auto_field = "django.db.models.BigAutoField"
