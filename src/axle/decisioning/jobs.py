"""Background steps of decisioning."""

from axle.decisioning.services.calibration_preview import calibration_preview
from axle.platform.public import acting, job, system_actor


@job("preview_calibration", retries=3)
def preview_calibration(calibration_id: int) -> None:
    """Try a drafted calibration on past cases; run again, it does nothing more."""
    with acting(system_actor("decision"), "policy_calibration_preview"):
        calibration_preview(calibration_id)
