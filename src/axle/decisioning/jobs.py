"""Background steps of decisioning."""

from axle.decisioning.services.backtest_run import backtest_run
from axle.decisioning.services.calibration_preview import calibration_preview
from axle.decisioning.services.shadow_decide import shadow_decide
from axle.platform.public import acting, job, system_actor


@job("preview_calibration", retries=3)
def preview_calibration(calibration_id: int) -> None:
    """Try a drafted calibration on past cases; run again, it does nothing more."""
    with acting(system_actor("decision"), "policy_calibration_preview"):
        calibration_preview(calibration_id)


@job("run_backtest_part", retries=3)
def run_backtest_part(part_id: int) -> None:
    """Try a part of a back-test; run again, it does nothing more."""
    backtest_run(part_id)


@job("decide_in_shadow", retries=3)
def decide_in_shadow(trial_id: int, record_id: int) -> None:
    """Let a shadow answer beside a decision; run again, it does nothing more."""
    shadow_decide(trial_id=trial_id, record_id=record_id)
