"""Publish the review processes that origination ships."""

from pathlib import Path

from axle.platform.public import Actor
from axle.workflow.public import definition_install

FOLDER = Path(__file__).parents[1] / "processes"


def processes_install(actor: Actor) -> list[str]:
    """Publish every BPMN file of ``processes/`` that is not published as it is; gives their codes."""
    files = sorted(FOLDER.glob("*.bpmn"))
    return [definition_install(actor=actor, xml=path.read_text(encoding="utf-8")) for path in files]
