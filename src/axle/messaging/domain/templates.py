"""Message texts with ``{variable}`` places; nothing else of the format language is allowed."""

import string
from collections.abc import Iterable, Mapping

from axle.messaging.errors import SmsTemplateInvalid, SmsVariableMissing


def template_check(body: str, variables: Iterable[str]) -> None:
    """Errors: SmsTemplateInvalid for a broken text or a variable that the template does not have."""
    unknown = _places(body) - set(variables)
    if unknown:
        raise SmsTemplateInvalid(field="body", variables="、".join(sorted(unknown)))


def template_fill(body: str, values: Mapping[str, str]) -> str:
    """The text with its places filled. Errors: SmsVariableMissing."""
    missing = _places(body) - set(values)
    if missing:
        raise SmsVariableMissing(variables="、".join(sorted(missing)))
    return body.format_map(values)


def _places(body: str) -> set[str]:
    try:
        parts = list(string.Formatter().parse(body))
    except ValueError as error:
        raise SmsTemplateInvalid(field="body", variables=body[:20]) from error
    named = [(name, spec, conversion) for _text, name, spec, conversion in parts if name is not None]
    if any(spec or conversion or not name.isidentifier() for name, spec, conversion in named):
        raise SmsTemplateInvalid(field="body", variables=body[:20])
    return {name for name, _spec, _conversion in named}
