"""Reading JSON text strictly: what standard readers let pass in silence is refused."""

import json
from typing import Any, NoReturn

from axle.amortization.errors import DuplicateKey, NotJson


def parse_json(text: str) -> Any:
    """The value of a JSON text.

    Errors: NotJson for text that is none, NaN and infinities, numbers too long to read, and nesting too deep;
    DuplicateKey where an object gives a key twice.
    """
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise NotJson(line=error.lineno, reason=error.msg) from error
    except RecursionError as error:
        raise NotJson(line=1, reason="nested too deep") from error
    except ValueError as error:
        raise NotJson(line=1, reason="a number is too long") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DuplicateKey(field=key[:60], key=key[:60])
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise NotJson(line=1, reason=f"{name} is no JSON")
