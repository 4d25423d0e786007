"""Work by several processes at once, each with a connection of its own."""

import os
import traceback
from collections.abc import Callable

from django.db import connection


def at_once(work: Callable[[int], object], processes: int = 2) -> None:
    """Let each of some processes do its share, by its number. Errors: RuntimeError when one of them failed."""
    connection.close()
    children = []
    for share in range(processes):
        child = os.fork()
        if child == 0:
            try:
                work(share)
                os._exit(0)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        children.append(child)
    if [child for child in children if os.waitpid(child, 0)[1]]:
        raise RuntimeError("a worker failed")
