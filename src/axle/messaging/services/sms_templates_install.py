"""Installing the message templates that the system itself sends."""

import json
from pathlib import Path

from axle.messaging.models import SmsTemplate

SHIPPED = Path(__file__).parents[1] / "data" / "sms_templates.json"


def sms_templates_install() -> int:
    """Add the shipped templates that are missing; texts that people changed stay. Gives how many were added."""
    rows = [SmsTemplate(**row) for row in json.loads(SHIPPED.read_text(encoding="utf-8"))]
    known = set(SmsTemplate.objects.values_list("code", flat=True))
    return len(SmsTemplate.objects.bulk_create([row for row in rows if row.code not in known]))
