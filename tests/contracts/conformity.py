"""Whether an answer is what the API file says that it can be."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs

REFUSAL = "#/components/schemas/ErrorOut"


class Contract:
    """The described API."""

    def __init__(self, described: dict[str, Any]) -> None:
        self._schemas = described["components"]["schemas"]
        self._responses = {
            operation["operationId"]: operation["responses"]
            for methods in described["paths"].values()
            for operation in methods.values()
        }
        self._validator = cache(self._validator_of)

    def fault(self, name: str, answer: Any) -> str:
        """What is wrong with an answer to an operation, or nothing."""
        declared = self._declared(name, answer.status_code)
        if declared is None:
            return f"status {answer.status_code} is not described"
        schema = declared.get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return ""
        if "json" not in answer.headers.get("Content-Type", ""):
            return f"status {answer.status_code} is {answer.headers.get('Content-Type')}, not JSON"
        error = next(iter(self._validator(name, answer.status_code).iter_errors(answer.json())), None)
        return f"status {answer.status_code}: {error.message[:200]} at {list(error.instance_path)}" if error else ""

    def _declared(self, name: str, status: int) -> dict[str, Any] | None:
        responses: dict[str, Any] = self._responses[name]
        found: dict[str, Any] | None = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        return found

    def _validator_of(self, name: str, status: int) -> Any:
        declared = self._declared(name, status)
        assert declared is not None
        schema = declared["content"]["application/json"]["schema"]
        return jsonschema_rs.validator_for({**schema, "components": {"schemas": self._named_in(schema)}})

    def _named_in(self, schema: Any) -> dict[str, Any]:
        """The components that a schema leads to; all of them in every validator would take gigabytes."""
        found: dict[str, Any] = {}
        waiting = [schema]
        while waiting:
            for name in _references(waiting.pop()):
                if name not in found:
                    found[name] = self._schemas[name]
                    waiting.append(found[name])
        return found


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(ref := schema.get("$ref"), str):
            yield ref.rpartition("/")[2]
        for inner in schema.values():
            yield from _references(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _references(inner)
