"""What differs between two documents, place by place."""

import pytest

from axle.platform.differences import differences

CASES = [
    ("nothing", {"a": 1}, {"a": 1}, []),
    ("a value", {"a": 1, "b": 2}, {"a": 1, "b": 3}, [(("b",), 2, 3)]),
    ("deeper", {"rate": {"minimum": "0.03"}}, {"rate": {"minimum": "0.04"}}, [(("rate", "minimum"), "0.03", "0.04")]),
    ("added", {}, {"a": 1}, [(("a",), None, 1)]),
    ("removed", {"a": 1}, {}, [(("a",), 1, None)]),
    ("plain lists as one value", {"terms": [12, 24]}, {"terms": [12, 36]}, [(("terms",), [12, 24], [12, 36])]),
    (
        "named things by name, not by place",
        {"fees": [{"code": "gps", "amount": "1.00"}, {"code": "file", "amount": "2.00"}]},
        {"fees": [{"code": "file", "amount": "3.00"}, {"code": "gps", "amount": "1.00"}]},
        [(("fees", "file", "amount"), "2.00", "3.00")],
    ),
    (
        "things without a name of their own by position",
        {"caps": [{"kind": "new", "cap": "0.8"}, {"kind": "new", "cap": "0.7"}]},
        {"caps": [{"kind": "new", "cap": "0.8"}, {"kind": "new", "cap": "0.75"}]},
        [(("caps", "2", "cap"), "0.7", "0.75")],
    ),
    ("a thing that came", {"fees": []}, {"fees": [{"code": "gps"}]}, [(("fees", "gps"), None, {"code": "gps"})]),
    ("another type", {"a": {"b": 1}}, {"a": "b"}, [(("a",), {"b": 1}, "b")]),
]


@pytest.mark.parametrize(("before", "after", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_differences(before, after, found):
    assert [(place.path, place.before, place.after) for place in differences(before, after)] == found
