"""Registering a strategy."""

from axle.decisioning.models import Strategy
from axle.platform.errors import NameTaken
from axle.platform.public import Actor, created


def strategy_create(*, actor: Actor, code: str, name_zh: str, name_en: str, owner: str) -> Strategy:
    """Register a strategy without versions. Errors: NameTaken."""
    strategy, is_new = Strategy.objects.get_or_create(
        code=code, defaults={"name_zh": name_zh, "name_en": name_en, "owner": owner}
    )
    if not is_new:
        raise NameTaken(field="code", name=code)
    return created(strategy)
