"""Find and lock an application for a person's act."""

from axle.origination.models import Application
from axle.origination.selectors import applications_in
from axle.platform.errors import NotFound, StaleVersion
from axle.platform.public import Actor, Compiled, track


def application_lock(actor: Actor, application_id: int, *, permission: str, version: int | None) -> Application:
    """The application, locked, in the scope of the permission; ``version`` is the one that the person saw.

    Errors: NotFound, StaleVersion.
    """
    rows = applications_in(actor.scope(permission))
    if not rows.filter(pk=application_id).exists():
        raise NotFound(what="application")
    application = application_take(application_id)
    if version is not None and version != application.version:
        raise StaleVersion()
    return application


def application_take(application_id: int) -> Application:
    """The application, locked, for acts of the system. Errors: NotFound."""
    application = _LOCKED.first(application_id)
    if application is None:
        raise NotFound(what="application")
    return track(application)


_LOCKED = Compiled(lambda key: Application.objects.select_for_update().filter(pk=key))


def application_store(application: Application) -> None:
    """Save a locked application as its next version."""
    application.version += 1
    application.save()
