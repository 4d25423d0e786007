"""Every error has its sentence in both languages, with the parameters that it is raised with."""

import json
import re
from importlib.resources import files
from typing import get_args

import pytest

from axle.amortization import choices, errors
from axle.kernel import errors as kernel_errors
from axle.kernel.errors import AxleError


def catalogue(package, language):
    return json.loads(files(package).joinpath(f"locale/{language}.json").read_text("utf-8"))


def codes(module):
    classes = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, AxleError)]
    return {cls.code for cls in classes if cls.__module__ == module.__name__ and cls is not AxleError}


PACKAGES = [("axle.amortization", errors), ("axle.kernel", kernel_errors)]


@pytest.mark.parametrize(("package", "module"), PACKAGES)
def test_errors_are_translated(package, module):
    chinese, english = (catalogue(package, language)["error"] for language in ("zh-CN", "en-US"))
    assert set(chinese) == set(english) == codes(module)
    for code, sentence in english.items():
        assert set(re.findall(r"{(\w+)}", sentence)) >= set(re.findall(r"{(\w+)}", chinese[code])), code


CHOICES = {
    "RepaymentMethod": choices.Method,
    "DayCount": choices.DayCount,
    "AllocationMode": choices.AllocationMode,
    "Component": choices.Component,
    "PartialMode": choices.PartialMode,
    "HolidayInterest": choices.HolidayInterest,
    "Standing": choices.Standing,
    "PenaltyBase": choices.PenaltyBase,
    "InterestTo": choices.InterestTo,
    "RowKind": choices.RowKind,
}


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_choices_are_translated(language):
    labels = catalogue("axle.amortization", language)["enum"]
    assert {name: set(values) for name, values in labels.items()} == {
        name: set(get_args(values)) for name, values in CHOICES.items()
    }
