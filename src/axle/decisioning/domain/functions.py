"""The functions of the engine that a strategy may call, each with the types it takes and gives."""

from collections.abc import Callable, Mapping, Sequence

from axle.decisioning.domain.flow_types import BOOL, MOMENT, NUMBER, TEXT, Kind, Type, TypeFault

Signature = Callable[[str, Sequence[Type]], Type]
Closure = Callable[[str, Type, Type], Type]


def _takes(*kinds: Kind, gives: Type, optional: int = 0) -> Signature:
    def check(name: str, arguments: Sequence[Type]) -> Type:
        if not len(kinds) - optional <= len(arguments) <= len(kinds):
            raise TypeFault(f"{name} takes {len(kinds)} arguments")
        for argument, kind in zip(arguments, kinds, strict=False):
            if argument.kind is not kind:
                raise TypeFault(f"{name} takes {kind}, not {argument.kind}")
        return gives

    return check


def _of_numbers(name: str, arguments: Sequence[Type]) -> Type:
    _takes(Kind.LIST, gives=NUMBER)(name, arguments)
    item = arguments[0].item
    if item is None or item.kind is not Kind.NUMBER or item.is_nullable:
        raise TypeFault(f"{name} takes a list of numbers without null")
    return NUMBER


def _contains(name: str, arguments: Sequence[Type]) -> Type:
    if len(arguments) != 2:
        raise TypeFault("contains takes 2 arguments")
    held = arguments[0].item if arguments[0].kind is Kind.LIST else arguments[0]
    if held is None or held.kind is not arguments[1].kind:
        raise TypeFault(f"contains: {arguments[1].kind} is never inside")
    asked = arguments[1].choices or frozenset()
    if held.choices is not None and not asked <= held.choices:
        raise TypeFault(f"not a choice: {', '.join(sorted(asked - held.choices))}")
    return BOOL


def _moment(name: str, arguments: Sequence[Type]) -> Type:
    return _takes(Kind.DATE, gives=MOMENT)(name, arguments)


def _test(name: str, listed: Type, body: Type) -> Type:
    if body.kind is not Kind.BOOL or body.is_nullable:
        raise TypeFault(f"{name} wants a condition")
    return BOOL


def _count(name: str, listed: Type, body: Type) -> Type:
    _test(name, listed, body)
    return NUMBER


def _filter(name: str, listed: Type, body: Type) -> Type:
    _test(name, listed, body)
    return listed


def _map(name: str, listed: Type, body: Type) -> Type:
    return Type(Kind.LIST, item=body)


def _flat_map(name: str, listed: Type, body: Type) -> Type:
    if body.kind is not Kind.LIST or body.is_nullable:
        raise TypeFault("flatMap wants a list for each item")
    return body


FUNCTIONS: Mapping[str, Signature] = {
    "abs": _takes(Kind.NUMBER, gives=NUMBER),
    "floor": _takes(Kind.NUMBER, gives=NUMBER),
    "ceil": _takes(Kind.NUMBER, gives=NUMBER),
    "round": _takes(Kind.NUMBER, Kind.NUMBER, gives=NUMBER, optional=1),
    "sum": _of_numbers,
    "min": _of_numbers,
    "max": _of_numbers,
    "len": _takes(Kind.LIST, gives=NUMBER),
    "contains": _contains,
    "startsWith": _takes(Kind.TEXT, Kind.TEXT, gives=BOOL),
    "endsWith": _takes(Kind.TEXT, Kind.TEXT, gives=BOOL),
    "upper": _takes(Kind.TEXT, gives=TEXT),
    "lower": _takes(Kind.TEXT, gives=TEXT),
    "d": _moment,
}
CLOSURES: Mapping[str, Closure] = {
    "some": _test,
    "all": _test,
    "none": _test,
    "one": _test,
    "count": _count,
    "filter": _filter,
    "map": _map,
    "flatMap": _flat_map,
}
