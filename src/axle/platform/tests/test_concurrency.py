"""Two at once, each on a connection of its own: keys, numbers, checks, counters."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

import axle.platform.http.routes  # noqa: F401 — declares the review commands
from axle.kernel.errors import AxleError
from axle.platform.commands import command_execute
from axle.platform.identity import actor_of, sign_in
from axle.platform.models import ApprovalPolicy, IdempotencyRecord, OperationLog, PendingCommand, Position, User
from axle.platform.numbering import next_no
from axle.platform.permissions import PENDING_COMMAND_VIEW
from axle.platform.ratelimit import spend
from axle.platform.testing import make_actor, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("post_command")]
DAY = date(2026, 3, 31)
AT_ONCE = 4


def at_once(act: Callable[[int], Any], times: int = AT_ONCE) -> list[Any]:
    """What each gave, or the code of its refusal; all begin together."""
    gate = threading.Barrier(times)

    def one(number: int) -> Any:
        gate.wait()
        try:
            return act(number)
        except AxleError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_one_of_two_with_the_same_key_acts_and_both_get_its_answer():
    actor = make_actor("test.post.create")
    data = {"code": "P1", "name": "x", "amount": "12.30"}
    answers = at_once(lambda _number: command_execute("post_create", data, actor=actor, idempotency_key="k"))
    assert [answer.response for answer in answers] == [answers[0].response] * AT_ONCE
    assert answers[0].response["amount"] == "12.30"
    assert (OperationLog.objects.count(), IdempotencyRecord.objects.count()) == (1, 1)


def test_of_different_requests_with_the_same_key_one_is_carried_out():
    actor = make_actor("test.post.create")
    answers = at_once(
        lambda number: (
            command_execute("post_create", {"code": f"P{number}", "name": "x"}, actor=actor, idempotency_key="k").status
        )
    )
    assert sorted(map(str, answers)) == ["200", *["idempotency_key_reused"] * (AT_ONCE - 1)]
    assert Position.objects.count() == 1


def test_a_transaction_that_took_a_number_makes_nobody_wait():
    next_no("QX", on=DAY)
    with transaction.atomic():
        mine = next_no("QX", on=DAY)
        with ThreadPoolExecutor(1) as pool:
            theirs = pool.submit(lambda: (next_no("QX", on=DAY), connection.close())[0]).result(timeout=10)
    assert (mine, theirs) == ("QX20260331000002", "QX20260331000003")


def test_numbers_taken_at_once_are_all_different_from_the_first_on():
    numbers = at_once(lambda _number: [next_no("QY", on=DAY) for _time in range(25)])
    taken = [number for some in numbers for number in some]
    assert sorted(taken) == [f"QY20260331{serial:06d}" for serial in range(1, AT_ONCE * 25 + 1)]


def test_a_registration_is_carried_out_once_whoever_checks():
    ApprovalPolicy.objects.create(command="post_create", min_amount=0, checker_permission="test.post.check")
    maker = actor_of(make_user("maker", permissions=("test.post.create", PENDING_COMMAND_VIEW)))
    number = command_execute("post_create", {"code": "P1", "name": "x"}, actor=maker).response["pending_no"]
    checks = ("test.post.check", PENDING_COMMAND_VIEW)
    checkers = [actor_of(make_user(f"checker{place}", permissions=checks)) for place in range(AT_ONCE)]
    answers = at_once(
        lambda place: command_execute("pending_command_approve", {"pending_no": number}, actor=checkers[place]).status
    )
    assert sorted(map(str, answers)) == ["200", *["pending_command_closed"] * (AT_ONCE - 1)]
    assert (Position.objects.count(), PendingCommand.objects.get().state) == (1, "approved")


def test_failures_at_once_are_all_counted():
    make_user("anna")

    def guess(_number: int) -> Any:
        return sign_in(username="anna", password="wrong")

    assert at_once(guess) == ["sign_in_refused"] * AT_ONCE
    assert User.objects.get().failed_attempts == AT_ONCE


def test_a_limit_holds_for_all_at_once():
    answers = at_once(lambda _number: spend("door", limit=3, seconds=86_400), times=AT_ONCE)
    assert sorted(map(str, answers)) == ["None"] * 3 + ["too_many_requests"]
