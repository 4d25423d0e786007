"""Borrowing a function of a context, which may not be built yet."""

import importlib
from typing import Any

from axle.config.cli.table import NotBuilt


def borrow(entry: str, *, waits_for: str) -> Any:
    """Import ``module:function``.

    Errors: NotBuilt naming the feature when this version does not have it.
    """
    module_name, _, name = entry.partition(":")
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not module_name.startswith(error.name):
            raise
        raise NotBuilt(waits_for) from error
    if not hasattr(module, name):
        raise NotBuilt(waits_for)
    return getattr(module, name)
