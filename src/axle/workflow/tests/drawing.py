"""Draws small BPMN files for tests: nodes and flows as tuples, attributes as written."""

from collections.abc import Iterable
from html import escape

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:axle="urn:axle:bpmn"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:test">'
)
PERMISSION = "workflow.test.review"
_ACTIONS = "approve return ask_for_documents decline"
REVIEW = f'axle:permission="{PERMISSION}" axle:slaMinutes="60" axle:actions="{_ACTIONS}"'
SUPPLEMENT = f'axle:permission="{PERMISSION}" axle:slaMinutes="60" axle:actions="submit" axle:assignTo="originator"'
TERMINATE = "<bpmn:terminateEventDefinition/>"


def node(kind: str, node_id: str, attributes: str = "", inner: str = "") -> str:
    """One flow node."""
    return f'<bpmn:{kind} id="{node_id}" name="{node_id}" {attributes}>{inner}</bpmn:{kind}>'


def flow(source: str, target: str, condition: str | None = None) -> str:
    """One sequence flow with id ``source_to_target``."""
    inner = "" if condition is None else f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>"
    return (
        f'<bpmn:sequenceFlow id="{source}_to_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inner}</bpmn:sequenceFlow>"
    )


def process(parts: Iterable[str], data: str = "", process_id: str = "small") -> str:
    """A whole file around the parts."""
    extension = f"<bpmn:extensionElements>{data}</bpmn:extensionElements>" if data else ""
    body = "".join(parts)
    return (
        f'{HEAD}<bpmn:process id="{process_id}" name="小流程" isExecutable="true">{extension}{body}'
        "</bpmn:process></bpmn:definitions>"
    )


AMOUNT = '<axle:data name="amount" kind="number"/><axle:data name="grade" kind="text" values="A B C"/>'


def review_process(*, review: str = REVIEW, approve_if: str = "review_action == 'approve'", extra: str = "") -> str:
    """Review → approved | declined | supplement and back; the supplement expires after a week."""
    return process(
        [
            node("startEvent", "begun"),
            node("userTask", "review", review),
            node("exclusiveGateway", "decided", 'default="decided_to_supplement"'),
            node("userTask", "supplement", SUPPLEMENT),
            node(
                "boundaryEvent",
                "late",
                'attachedToRef="supplement"',
                "<bpmn:timerEventDefinition><bpmn:timeDuration>P7D</bpmn:timeDuration></bpmn:timerEventDefinition>",
            ),
            node("endEvent", "approved", 'axle:outcome="approved"'),
            node("endEvent", "declined", 'axle:outcome="declined"', TERMINATE),
            node("endEvent", "expired", 'axle:outcome="expired"', TERMINATE),
            flow("begun", "review"),
            flow("review", "decided"),
            flow("decided", "approved", approve_if),
            flow("decided", "declined", "review_action == 'decline'"),
            flow("decided", "supplement"),
            flow("supplement", "review"),
            flow("late", "expired"),
            extra,
        ],
        data=AMOUNT,
    )


def parallel_process(*, second_not_by: str = "") -> str:
    """Two reviews at once, then a second one above 100000 fen; a decline ends it at once."""
    gate = "exclusiveGateway"
    return process(
        [
            node("startEvent", "begun"),
            node("parallelGateway", "fork"),
            node("userTask", "credit", REVIEW),
            node(gate, "credit_decided", 'default="credit_decided_to_declined"'),
            node("userTask", "appraisal", REVIEW),
            node(gate, "appraisal_decided", 'default="appraisal_decided_to_declined"'),
            node("parallelGateway", "join"),
            node(gate, "sized", 'default="sized_to_second"'),
            node("userTask", "second", f'{REVIEW} axle:notBy="{second_not_by}"'),
            node(gate, "second_decided", 'default="second_decided_to_declined"'),
            node("endEvent", "approved", 'axle:outcome="approved"'),
            node("endEvent", "declined", 'axle:outcome="declined"', TERMINATE),
            flow("begun", "fork"),
            flow("fork", "credit"),
            flow("fork", "appraisal"),
            flow("credit", "credit_decided"),
            flow("credit_decided", "join", "credit_action == 'approve'"),
            flow("credit_decided", "declined"),
            flow("appraisal", "appraisal_decided"),
            flow("appraisal_decided", "join", "appraisal_action == 'approve'"),
            flow("appraisal_decided", "declined"),
            flow("join", "sized"),
            flow("sized", "approved", "amount <= 100000"),
            flow("sized", "second"),
            flow("second", "second_decided"),
            flow("second_decided", "approved", "second_action == 'approve'"),
            flow("second_decided", "declined"),
        ],
        data='<axle:data name="amount" kind="number"/>',
        process_id="parallel",
    )
