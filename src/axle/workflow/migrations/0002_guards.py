"""Steps of tasks can be added and never changed."""

from django.db import migrations

from axle.platform.fields import append_only


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]
    operations = [append_only("workflow_taskstep")]
