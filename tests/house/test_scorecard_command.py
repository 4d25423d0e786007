"""``./axle scorecard fit``: a file and a plan become a draft; what cannot be read is refused and nothing is kept."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from axle.config.cli import scorecards
from axle.config.runtime.failures import SetupFailed
from axle.platform.models import OperationLog
from axle.scoring.errors import SampleRefused
from axle.scoring.models import ScorecardVersion
from axle.scoring.tests.factories import sample_file

pytestmark = pytest.mark.django_db
PLAN = """target = "bad"
key = "id"
[[groups]]
column = "age"
bounds = [30, 45]
"""


@pytest.fixture
def fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scorecards, "books_open", nullcontext)
    (tmp_path / "data.csv").write_bytes(sample_file())

    def run(*options: str, plan: str | None = PLAN) -> int:
        (tmp_path / "plan.toml").write_text(plan or "", encoding="utf-8")
        named = ["--plan", str(tmp_path / "plan.toml")] if plan is not None else []
        return scorecards.run(["fit", str(tmp_path / "data.csv"), "--name", "auto", *named, *options])

    return run


def test_a_file_and_a_plan_become_a_draft(fit, capsys: pytest.CaptureFixture[str]):
    assert fit("--zh", "车贷评分", "--note", "first") == 0

    version = ScorecardVersion.objects.get()
    assert (version.scorecard.code, version.scorecard.name_zh, version.state) == ("auto", "车贷评分", "draft")
    assert (version.note, version.row_count) == ("first", 1200)
    assert OperationLog.objects.filter(operation="scorecard_develop").count() == 1
    told = capsys.readouterr()
    assert f"AUC {version.content.report['holdout']['auc']}" in told.out + told.err


@pytest.mark.parametrize(
    ("options", "plan", "told"),
    [
        ((), None, "--target"),
        ((), "target = ", "TOML"),
        ((), 'target = "bad"\nwish = 1', "plan cannot be used"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused(fit, options, plan, told):
    with pytest.raises(SetupFailed, match=told):
        fit(*options, plan=plan)
    assert not ScorecardVersion.objects.exists()


def test_a_file_without_the_column_is_refused(fit):
    with pytest.raises(SampleRefused):
        fit("--target", "default", plan=None)
    assert not ScorecardVersion.objects.exists()
