"""Background jobs on procrastinate: enqueued in the transaction that needs them, rescued when a worker dies."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, ParamSpec, cast

from django.db import close_old_connections, connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

Params = ParamSpec("Params")
STALLED_SECONDS = 30
MAX_RESCUES = 5


class Job(Generic[Params]):
    """A named job: call it to run it here and now, ``defer`` it to run it in a worker after commit."""

    def __init__(self, name: str, function: Callable[Params, None], task: Any) -> None:
        self.name, self._function, self._task = name, function, task

    def __call__(self, *args: Params.args, **kwargs: Params.kwargs) -> None:
        self._function(*args, **kwargs)

    def defer(self, **kwargs: Any) -> int:
        """Enqueue in the current transaction; gives the job's id."""
        return int(self._task.defer(**kwargs))

    def defer_in(self, seconds: int, **kwargs: Any) -> int:
        """Enqueue in the current transaction, to run after a delay."""
        return int(self._task.configure(schedule_in={"seconds": seconds}).defer(**kwargs))

    def defer_all(self, arguments: Sequence[dict[str, Any]], *, seconds: int = 0) -> None:
        """Enqueue many in the current transaction, to run after a delay."""
        if arguments:
            task = self._task.configure(schedule_in={"seconds": seconds}) if seconds else self._task
            task.batch_defer(*arguments)

    def defer_once(self, lock: str, **kwargs: Any) -> None:
        """Enqueue unless one with the same lock already waits; either way the caller's transaction goes on."""
        from procrastinate.exceptions import AlreadyEnqueued

        try:
            with transaction.atomic():
                self._task.configure(queueing_lock=lock).defer(**kwargs)
        except AlreadyEnqueued:
            return


JOBS: dict[str, Job[Any]] = {}


def job(
    name: str, *, retries: int = 3, cron: str | None = None, queue: str = "default"
) -> Callable[[Callable[Params, None]], Job[Params]]:
    """Declare a job; with ``cron`` the workers run it on schedule. Jobs are idempotent: they may run again."""

    def declare(function: Callable[Params, None]) -> Job[Params]:
        def run(**kwargs: Any) -> None:
            kwargs.pop("timestamp", None)
            close_old_connections()
            try:
                function(**kwargs)  # type: ignore[call-arg]
            finally:
                close_old_connections()

        retry = RetryStrategy(max_attempts=retries, exponential_wait=3)
        task = app.task(name=name, queue=queue, retry=retry)(run)
        if cron:
            app.periodic(cron=cron, periodic_id=name)(cast(Any, task))
        JOBS[name] = Job(name, function, task)
        return JOBS[name]

    return declare


def jobs_failed() -> int:
    """How many jobs have ended in failure and wait for somebody to look at them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        return int(cursor.fetchone()[0])


def stalled_jobs_rescue() -> int:
    """Put jobs of dead workers back into the queue; one whose worker dies each time has failed. Gives their number."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE procrastinate_jobs SET worker_id = NULL, scheduled_at = now(), attempts = attempts + 1,
                status = (CASE WHEN attempts + 1 < %s THEN 'todo' ELSE 'failed' END)::procrastinate_job_status
            WHERE status = 'doing' AND (worker_id IS NULL OR worker_id NOT IN (
                SELECT id FROM procrastinate_workers
                WHERE last_heartbeat > now() - make_interval(secs => %s)))
            """,
            [MAX_RESCUES, STALLED_SECONDS],
        )
        return int(cursor.rowcount)


@job("rescue_stalled_jobs", cron="* * * * *")
def rescue_stalled_jobs() -> None:
    """Nobody has to ask for the rescue."""
    stalled_jobs_rescue()


@job("delete_old_jobs", cron="20 3 * * *")
def delete_old_jobs() -> None:
    """Drop finished jobs after 30 days, rate windows after one and people's idempotency results after 90.

    Those of the server's own commands stay: their keys name facts, such as a row of a file, that are never
    done twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs j WHERE status = 'succeeded' AND NOT EXISTS (SELECT 1 FROM"
            " procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - interval '30 days')"
        )
        cursor.execute(
            "DELETE FROM platform_idempotencyrecord WHERE created_at < now() - interval '90 days'"
            " AND actor_key NOT LIKE 'system:%'"
        )
        cursor.execute('DELETE FROM platform_ratecounter WHERE "window" < extract(epoch from now()) - 86400')
