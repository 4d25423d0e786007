"""What product's routes share."""

from axle.platform.http import ContextApi
from axle.platform.public import current_locale

api = ContextApi("product")


def spoken(zh: str, en: str) -> str:
    """The words in the caller's language."""
    return zh if current_locale.get() == "zh-CN" else en
