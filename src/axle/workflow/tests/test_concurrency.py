"""Two people at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from axle.kernel.errors import AxleError
from axle.platform.public import Actor
from axle.platform.testing import act
from axle.workflow import checks
from axle.workflow.services.task_claim import task_claim
from axle.workflow.services.task_complete import task_complete
from axle.workflow.tests.drawing import parallel_process
from axle.workflow.tests.factories import Case, begin, reviewer

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*operations):
    """Run each in a thread and connection of its own; gives results or the refusals' codes."""

    def run(operation):
        try:
            return operation()
        except AxleError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(operations)) as pool:
        return list(pool.map(run, operations))


def claim(case: Case, node: str, actor: Actor):
    with act(actor):
        return task_claim(actor=actor, task_id=case.task(node).pk).state


def approve(case: Case, node: str, actor: Actor):
    with act(actor):
        return task_complete(actor=actor, task_id=case.task(node).pk, action="approve").state


def test_one_of_two_claims_wins():
    case = begin(parallel_process(), amount=1)
    people = [reviewer("anna"), reviewer("bert")]
    results = at_once(*(lambda actor=actor: claim(case, "credit", actor) for actor in people))
    assert sorted(results) == ["claimed", "task_not_claimable"]


def test_both_branches_of_a_join_completed_at_once_are_both_kept():
    case = begin(parallel_process(), amount=1)
    anna, bert = reviewer("anna"), reviewer("bert")
    claim(case, "credit", anna)
    claim(case, "appraisal", bert)
    results = at_once(lambda: approve(case, "credit", anna), lambda: approve(case, "appraisal", bert))
    case.process.refresh_from_db()
    assert (results, case.process.outcome) == (["done", "done"], "approved")
    assert checks.workflow_tasks_match_tokens() == []


def test_a_double_submit_counts_once():
    case = begin(parallel_process(), amount=1)
    anna = reviewer("anna")
    claim(case, "credit", anna)
    results = at_once(*(lambda: approve(case, "credit", anna) for _ in range(2)))
    assert sorted(results) == ["done", "task_not_active"]
