"""The person behind a user id, with today's permissions."""

from typing import Any

from django.contrib.auth import get_user_model

from axle.platform.public import Actor, actor_of


def person_find(user_id: int) -> Actor | None:
    """An active user as an actor; None for anybody who may no longer sign in."""
    users: Any = get_user_model()
    user = users.objects.select_related("employee__department").filter(pk=user_id, is_active=True).first()
    return actor_of(user) if user else None
