"""Keep how a form was filled in, and tell it to the strategy."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from axle.origination.domain.form_behaviour import (
    SESSIONS_MAX,
    FormBehaviourPart,
    behaviour_added,
    behaviour_told,
    course_added,
    course_told,
)
from axle.origination.models import Application, FormBehaviour
from axle.origination.parameters import BEHAVIOUR_DAYS
from axle.platform.public import Actor, Compiled, parameter_value

BEHAVIOUR, COURSE = "behaviour", "behaviour_course"
"""The sources by the strategy's names."""
FORGOTTEN_AT_ONCE = 1_000


def behaviour_keep(application: Application, told: FormBehaviourPart | None, *, actor: Actor, is_new: bool) -> None:
    """Add what came with a save of the form. A save without a record leaves a gap, and a gap makes the record tell
    nothing of the form as a whole."""
    kept = None if is_new else FormBehaviour.objects.filter(application=application).first()
    if kept is None and told is not None:
        kept = FormBehaviour(
            application=application, fields={}, is_whole=is_new, agreed_by=actor.name, agreed_at=timezone.now()
        )
    if kept is None:
        return
    if told is None:
        kept.is_whole = False
    else:
        kept.fields = behaviour_added(kept.fields, told)
        if told.course is not None:
            kept.course = course_added(kept.course, told.course)
        kept.seconds = min(kept.seconds + told.seconds, 2_000_000_000)
        if told.session not in kept.sessions and len(kept.sessions) < SESSIONS_MAX:
            kept.sessions = [*kept.sessions, told.session]
        if told.page not in kept.pages:
            kept.pages = [*kept.pages, told.page]
    kept.save()


def behaviour_signals(application: Application) -> tuple[list[str], dict[str, Any]]:
    """What is asked by the strategy's name, and what it brings; nothing where nobody agreed, or a part is missing."""
    kept = _WHOLE.first(application.pk)
    if kept is None:
        return [], {}
    told = behaviour_told(kept.fields, seconds=kept.seconds, sessions=len(kept.sessions))
    if not kept.course:
        return [BEHAVIOUR], told
    return [BEHAVIOUR, COURSE], told | course_told(kept.fields, kept.course)


_WHOLE = Compiled(lambda key: FormBehaviour.objects.filter(application=key, is_whole=True))


def behaviour_forget() -> int:
    """Delete the records that are older than they may be kept; gives how many. Decisions keep what they were told."""
    before = timezone.now() - timedelta(days=parameter_value(BEHAVIOUR_DAYS.code))
    old = list(FormBehaviour.objects.filter(updated_at__lt=before).values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    FormBehaviour.objects.filter(pk__in=old).delete()
    return len(old)
