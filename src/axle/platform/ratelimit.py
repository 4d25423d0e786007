"""Rate limits that hold over all web processes: one counter row per key and time window."""

import time

from django.db import connection

from axle.platform.errors import TooManyRequests


def spend(key: str, *, limit: int, seconds: int) -> None:
    """Use one of ``limit`` allowed uses per window. Errors: TooManyRequests.

    Runs outside the caller's fate: call it before the transaction whose failure must still count.
    """
    window = int(time.time()) // seconds * seconds
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO platform_ratecounter (key, "window", used) VALUES (%s, %s, 1)'
            ' ON CONFLICT (key, "window") DO UPDATE SET used = platform_ratecounter.used + 1 RETURNING used',
            [key[:160], window],
        )
        (used,) = cursor.fetchone()
    if used > limit:
        raise TooManyRequests(seconds=window + seconds - int(time.time()))
