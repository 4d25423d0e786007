"""Django app of accounting."""

from django.apps import AppConfig


class AccountingConfig(AppConfig):
    name = "axle.accounting"
    label = "accounting"
    default_auto_field = "django.db.models.BigAutoField"
