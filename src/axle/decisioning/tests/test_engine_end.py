"""Processes that have used the engine end as they should. Each case is a process of its own."""

import json
import subprocess
import sys

import pytest

from axle.decisioning.tests.factories import content_of, small_graph

_BEGIN = """
import asyncio, json, os, sys, threading, time
from concurrent.futures import Future
from axle.decisioning.domain.engine import ZenEvaluator
from axle.decisioning.domain.faults import EngineTimedOut

evaluator = ZenEvaluator(json.load(sys.stdin))

def ask(deadline_seconds=5):
    return evaluator({"age": 17, "score": 700, "kind": "new"}, deadline_seconds).result["outcome"]
"""
_MANY_THREADS = """
answers = []
threads = [threading.Thread(target=lambda: answers.append(ask())) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*answers, ask())
"""
_SLOW_TO_LEAVE = """
tells = Future.set_result

def slowly(future, result):
    tells(future, result)
    if isinstance(threading.current_thread(), threading._DummyThread):  # the engine's own, and the answer is out
        time.sleep(0.2)

Future.set_result = slowly
print(ask())
"""
_GIVEN_UP = """
try:
    print(ask(0.001))
except EngineTimedOut:
    print("timed out")
"""
_FORKED = """
ask()
child = os.fork()
if child == 0:
    sys.exit(0)
print(os.waitpid(child, 0)[1])
"""


def _slow_graph():
    graph = small_graph()
    rows = content_of(graph, "rules")["rules"]
    rows.extend({**rows[0], "_id": str(number), "when": f"age < {number % 17}"} for number in range(60_000))
    return graph


_WITHIN_A_LOOP = """
async def within():
    answer = ask()
    await asyncio.sleep(0)
    return answer

print(asyncio.run(within()))
"""


@pytest.mark.parametrize(
    ("program", "graph", "told"),
    [
        pytest.param(_MANY_THREADS, small_graph, "decline decline decline decline decline", id="many threads"),
        pytest.param(_SLOW_TO_LEAVE, small_graph, "decline", id="a thread of the engine is slow to leave"),
        pytest.param(_GIVEN_UP, _slow_graph, "timed out", id="nobody waits for the answer any more"),
        pytest.param(_WITHIN_A_LOOP, small_graph, "decline", id="a loop runs where the engine is asked"),
        pytest.param(_FORKED, small_graph, "0", id="a fork has nothing to wait for"),
    ],
)
def test_a_process_that_has_decided_ends_without_a_fault(program, graph, told):
    for _ in range(5):
        ended = subprocess.run(
            [sys.executable, "-c", _BEGIN + program],
            input=json.dumps(graph()),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, told, "")
