"""``./axle scorecard fit DATA.csv``: develop a scorecard on a file and keep it as a draft with its report."""

import argparse
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from axle.config.cli.framework import books_open
from axle.config.runtime.failures import SetupFailed
from axle.config.runtime.progress import say, step


def run(arguments: Sequence[str]) -> int:
    """Develop; the draft waits in the console for the two who sign it."""
    options = _parser().parse_args(arguments)
    plan = _plan_data(options)
    try:
        content = options.file.read_bytes()
    except OSError as error:
        raise SetupFailed(f"{options.file} cannot be read: {error.strerror}") from error
    with books_open():
        _developed(options, plan, content)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./axle scorecard", description="Develop a scorecard on a file.")
    verbs = parser.add_subparsers(required=True, metavar="fit")
    fit = verbs.add_parser("fit", help="bins, weights of evidence, fit, points, validation, challenger; a draft")
    fit.add_argument("file", type=Path, help="CSV with a head; UTF-8 or GB18030; it is read, not kept")
    fit.add_argument("--name", required=True, metavar="CODE", help="the scorecard, registered when it is new")
    fit.add_argument("--target", help="the column that says 1 for bad and 0 for good")
    fit.add_argument("--key", help="the column that names a row; it decides which rows are held out")
    fit.add_argument("--plan", type=Path, metavar="TOML", help="target, key, candidates, groups of fairness")
    fit.add_argument("--zh", default="", help="its Chinese name")
    fit.add_argument("--en", default="", help="its English name")
    fit.add_argument("--note", default="", help="what is new in this version")
    return parser


def _plan_data(options: argparse.Namespace) -> dict[str, Any]:
    """The plan file, with the options over it. Errors: SetupFailed."""
    data: dict[str, Any] = {}
    if options.plan:
        try:
            data = tomllib.loads(options.plan.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise SetupFailed(f"{options.plan} cannot be read as TOML: {error}") from error
    given = {name: getattr(options, name) for name in ("target", "key") if getattr(options, name)}
    if "target" not in data | given:
        raise SetupFailed("name the column of good and bad with --target, or in the plan")
    return data | given


def _developed(options: argparse.Namespace, plan: dict[str, Any], content: bytes) -> None:
    from axle.platform.public import acting, system_actor
    from axle.scoring.public import plan_parse, scorecard_develop

    try:
        read = plan_parse(plan)
    except ValueError as error:
        raise SetupFailed(f"the plan cannot be used: {error}") from error
    actor = system_actor("scorecards")
    with step(f"developing {options.name} on {options.file.name}"), acting(actor, "scorecard_develop"):
        version = scorecard_develop(
            actor=actor,
            code=options.name,
            name_zh=options.zh or options.name,
            name_en=options.en or options.name,
            content=content,
            plan=read,
            note=options.note,
        )
    report = version.content.report
    sample, held, rival = report["sample"], report["holdout"], report["challenger"]
    say(f"{sample['rows']} rows ({sample['holdout']} held out), bad rate {sample['bad_rate']}")
    say(f"held out: AUC {held['auc']}, KS {held['ks']}, Gini {held['gini']}, PSI {report['stability']['score']}")
    say(
        f"challenger: AUC {rival['holdout']['auc']}, KS {rival['holdout']['ks']}"
        if rival
        else "no challenger: LightGBM is not installed"
    )
    say(
        f"draft {version.version_no} of {options.name} with {version.characteristic_count} characteristics:"
        " Risk › Scorecards in the console"
    )
