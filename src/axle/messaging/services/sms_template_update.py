"""Changing a message's text."""

from axle.messaging.domain.templates import template_check
from axle.messaging.models import SmsTemplate
from axle.platform.errors import NotFound
from axle.platform.public import track


def sms_template_update(*, code: str, title: str, body: str, is_active: bool) -> SmsTemplate:
    """Give a template another text; its variables are fixed by those who send it.

    Errors: NotFound, SmsTemplateInvalid.
    """
    template = SmsTemplate.objects.select_for_update().filter(code=code).first()
    if template is None:
        raise NotFound(what="sms_template")
    template_check(body, template.variables)
    track(template)
    template.title, template.body, template.is_active = title, body, is_active
    template.save()
    return template
