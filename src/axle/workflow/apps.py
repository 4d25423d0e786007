"""Django registration of workflow."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "axle.workflow"
    label = "workflow"
    default_auto_field = "django.db.models.BigAutoField"
