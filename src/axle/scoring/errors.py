"""Conditions that scoring refuses; sentences are in the locale catalogues."""

from axle.kernel.errors import AxleError


class SampleRefused(AxleError):
    """The data cannot be developed on; ``detail`` says where and why."""

    code = "sample_refused"


class NothingTellsGoodFromBad(AxleError):
    """No candidate had enough information to become a characteristic."""

    code = "nothing_tells_good_from_bad"


class ChallengerUnavailable(AxleError):
    """LightGBM is not installed here, so that no challenger can be fitted or asked."""

    code = "challenger_unavailable"


class ScorecardVersionChanged(AxleError):
    """The stored points table or report is not what was developed and signed."""

    code = "scorecard_version_changed"
    http_status = 409


class SignedAlready(AxleError):
    """The same person may sign a version once only."""

    code = "scorecard_signed_already"
    http_status = 409


class NothingToSign(AxleError):
    """Only a draft is signed."""

    code = "scorecard_nothing_to_sign"
    http_status = 409


class ScorecardNeverInForce(AxleError):
    """Only a version that was in force before can be gone back to."""

    code = "scorecard_never_in_force"
    http_status = 409


class ScoreInputInvalid(AxleError):
    """A characteristic is absent or of the wrong kind."""

    code = "score_input_invalid"
