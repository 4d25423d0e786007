"""The token interpreter: SpiffWorkflow behind a narrow door.

Tokens carry no business data. Conditions read the process's own data through ``conditions``; scripts and
service calls raise. State travels as zlib-compressed JSON that holds its own copy of the definition, so a
running process never notices a new version.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.mixins.events.end_event import EndEvent
from SpiffWorkflow.bpmn.specs.mixins.user_task import UserTask
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from axle.kernel.errors import AxleError
from axle.workflow.domain.conditions import Condition, DataName, condition_compile
from axle.workflow.domain.outline import is_duration, outline_read, tree_parse


class EngineRefused(Exception):
    """The interpreter was asked for something that a published definition cannot contain."""


@dataclass(frozen=True)
class OpenNode:
    """A user task that waits: ``token`` identifies this visit of ``node_id``."""

    token: str
    node_id: str


class _Conditions(PythonScriptEngine):  # type: ignore[misc]  # SpiffWorkflow ships no types
    """Answers conditions from the process data; runs nothing."""

    def __init__(self, names: Mapping[str, DataName], data: Mapping[str, Any]) -> None:
        super().__init__()
        self._names, self._data = names, data

    def evaluate(self, task: Task, expression: str, external_context: Any = None) -> Any:
        text = expression.strip()
        if is_duration(text):
            return text
        return _compiled(text, tuple(self._names.values())).holds(self._data)

    def execute(self, task: Task, script: str, external_context: Any = None) -> bool:
        raise EngineRefused(task.task_spec.name)

    def call_service(self, task: Task, **kwargs: Any) -> Any:
        raise EngineRefused(task.task_spec.name)


class Run:
    """One process in memory. Load or start it, complete user tasks, save it."""

    def __init__(self, workflow: BpmnWorkflow) -> None:
        self._workflow = workflow

    @classmethod
    def start(cls, xml: str, data: Mapping[str, Any]) -> "Run":
        """Begin a process and advance it to its first user tasks."""
        run = cls(BpmnWorkflow(_specification(xml)))
        run._advance(_Conditions(outline_read(xml).names(), data))
        return run

    @classmethod
    def load(cls, state: bytes) -> "Run":
        """Restore a process from ``state``."""
        return cls(_serializer().deserialize_json(zlib.decompress(state).decode()))

    def save(self) -> bytes:
        """The process as compressed JSON."""
        return zlib.compress(_serializer().serialize_json(self._workflow).encode(), 6)

    def complete(self, token: str, names: Mapping[str, DataName], data: Mapping[str, Any]) -> None:
        """Leave a user task and advance. Errors: KeyError when it does not wait; those of conditions."""
        task = next((task for task in self._waiting() if str(task.id) == token), None)
        if task is None:
            raise KeyError(token)
        self._workflow.script_engine = _Conditions(names, data)
        task.run()
        self._advance(self._workflow.script_engine)

    def timers_fire(self, names: Mapping[str, DataName], data: Mapping[str, Any]) -> None:
        """Let timers whose time has come take effect, and advance."""
        self._workflow.script_engine = _Conditions(names, data)
        self._workflow.refresh_timers()
        self._advance(self._workflow.script_engine)

    def open_nodes(self) -> list[OpenNode]:
        """User tasks that wait now."""
        return [OpenNode(str(task.id), task.task_spec.bpmn_id) for task in self._waiting()]

    @property
    def ended_at(self) -> str | None:
        """Id of the end event that the process reached, None while it runs."""
        if not self._workflow.completed:
            return None
        ends = [task for task in self._workflow.get_tasks(state=TaskState.COMPLETED) if _is_end(task)]
        return str(max(ends, key=lambda task: task.last_state_change).task_spec.bpmn_id)

    @property
    def next_timer_at(self) -> datetime | None:
        """When the earliest waiting timer takes effect."""
        events = self._workflow.waiting_events()
        return min((datetime.fromisoformat(event.value) for event in events if event.value), default=None)

    def _waiting(self) -> list[Task]:
        return [task for task in self._workflow.get_tasks(state=TaskState.READY) if _is_user_task(task)]

    def _advance(self, conditions: _Conditions) -> None:
        self._workflow.script_engine = conditions
        try:
            self._workflow.do_engine_steps()
        except SpiffWorkflowException as error:
            raise _refusal(error) from error


def _refusal(error: BaseException) -> BaseException:
    cause = error.__cause__ or error.__context__
    return cause if isinstance(cause, AxleError) else error


def _is_user_task(task: Task) -> bool:
    return isinstance(task.task_spec, UserTask)


def _is_end(task: Task) -> bool:
    return isinstance(task.task_spec, EndEvent)


@lru_cache(maxsize=32)
def _specification(xml: str) -> Any:
    """A definition as the interpreter reads it: parsed once for many cases, which keep their state to themselves."""
    parser = BpmnParser()
    parser.add_bpmn_xml(tree_parse(xml))
    return parser.get_spec(outline_read(xml).process_id)


@lru_cache(maxsize=1)
def _serializer() -> BpmnWorkflowSerializer:
    return BpmnWorkflowSerializer()


@lru_cache(maxsize=1000)
def _compiled(text: str, names: tuple[DataName, ...]) -> Condition:
    return condition_compile(text, {name.name: name for name in names})
