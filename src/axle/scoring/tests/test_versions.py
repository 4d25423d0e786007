"""The life of a scorecard version: developed, signed by two, in force, retired, gone back to."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from axle.platform.errors import VersionNotReady
from axle.platform.models import OperationLog, StoredFile
from axle.platform.testing import act, client_for, make_actor, make_user
from axle.scoring import checks, permissions
from axle.scoring.development import challenger
from axle.scoring.errors import (
    NothingToSign,
    ScorecardNeverInForce,
    ScorecardVersionChanged,
    ScoreInputInvalid,
    SignedAlready,
)
from axle.scoring.live import live_card
from axle.scoring.models import Scorecard, ScorecardContent, ScorecardSignature, ScorecardVersion
from axle.scoring.public import score_of, scorecard_develop
from axle.scoring.services.scorecard_version_activate import (
    scorecard_version_activate,
    scorecard_version_restore,
    scorecard_version_retire,
)
from axle.scoring.services.scorecard_version_sign import scorecard_version_sign
from axle.scoring.tests.factories import GOOD, sample_file, sample_plan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
MAKER = make_actor(name="scorecards", kind="system")


def developed(seed=7):
    version = scorecard_develop(
        actor=MAKER, code="auto", name_zh="车贷评分", name_en="Auto", content=sample_file(seed=seed), plan=sample_plan()
    )
    return ScorecardVersion.objects.get(pk=version.pk)


@pytest.fixture
def signers():
    users = [make_user(name, permissions=[permissions.SCORECARD_SIGN]) for name in ("modeller", "validator")]
    return [make_actor(name=user.username, user_id=user.pk) for user in users]


def sign(version, actor):
    return scorecard_version_sign(actor=actor, version_id=version.pk, opinion="looked at")


def in_force(version, signers, on=TODAY):
    for signer in signers:
        sign(version, signer)
    return scorecard_version_activate(actor=signers[0], version_id=version.pk, effective_from=on, business_on=TODAY)


def test_a_development_is_a_draft_with_its_figures_and_without_the_data():
    with act(MAKER, "scorecard_develop"):
        version = developed()

    assert (version.version_no, version.state, version.characteristic_count, version.row_count) == (1, "draft", 3, 1200)
    report = version.content.report
    assert (float(version.auc), float(version.ks)) == (report["holdout"]["auc"], report["holdout"]["ks"])
    assert "A00007" not in str(report) + str(version.content.card)
    assert OperationLog.objects.filter(operation="scorecard_develop").count() == 1
    if challenger.is_available():
        stored = StoredFile.objects.get(pk=version.content.challenger_id)
        assert stored.sha256 == version.content.challenger_sha256
        assert float(version.challenger_auc) == report["challenger"]["holdout"]["auc"]


def test_two_people_sign_before_it_scores(signers):
    version = developed()
    first, second = signers
    assert score_of("auto", GOOD, TODAY) is None
    with pytest.raises(VersionNotReady):
        scorecard_version_activate(actor=first, version_id=version.pk, effective_from=TODAY, business_on=TODAY)

    assert sign(version, first).state == "draft"
    with pytest.raises(SignedAlready):
        sign(version, first)
    with pytest.raises(VersionNotReady):
        scorecard_version_activate(actor=first, version_id=version.pk, effective_from=TODAY, business_on=TODAY)
    assert ScorecardSignature.objects.count() == 1

    assert sign(version, second).state == "signed"
    with pytest.raises(NothingToSign):
        sign(version, second)
    scorecard_version_activate(actor=first, version_id=version.pk, effective_from=TODAY, business_on=TODAY)

    given = score_of("auto", GOOD, TODAY)
    assert given is not None
    scored = live_card(version).score(GOOD)
    assert (given.version_no, given.points, given.default_rate) == (1, scored.points, str(scored.default_rate))
    assert score_of("auto", GOOD, TODAY - timedelta(days=1)) is None
    assert checks.scorecard_contents_unchanged() == checks.scorecards_signed_by_two() == []
    with pytest.raises(ScoreInputInvalid) as refusal:
        score_of("auto", {"ltv": 0.4, "income": None}, TODAY)
    assert refusal.value.params["name"] == "job"


def test_going_back_puts_the_signed_table_into_force_again(signers):
    first, second = developed(), developed(seed=8)
    in_force(first, signers)
    in_force(second, signers, TODAY + timedelta(days=1))
    with pytest.raises(ScorecardNeverInForce):
        scorecard_version_restore(actor=MAKER, version_id=second.pk, effective_from=TODAY, business_on=TODAY)

    later = TODAY + timedelta(days=2)
    copy = scorecard_version_restore(actor=MAKER, version_id=first.pk, effective_from=later, business_on=TODAY)

    assert (copy.version_no, copy.state, copy.content_hash) == (3, "active", first.content_hash)
    assert list(copy.signatures.values_list("signed_by", flat=True)) == ["modeller", "validator"]
    points = [score_of("auto", GOOD, TODAY + timedelta(days=day)) for day in range(3)]
    assert [given and given.version_no for given in points] == [1, 2, 3]
    assert points[0].points == points[2].points
    scorecard_version_retire(actor=MAKER, version_id=copy.pk, retired_on=later, business_on=TODAY)
    assert score_of("auto", GOOD, later) is None
    assert checks.scorecards_signed_by_two() == []


def test_what_was_changed_behind_its_back_neither_scores_nor_comes_into_force(signers):
    version = developed()
    for signer in signers:
        sign(version, signer)
    ScorecardVersion.objects.filter(pk=version.pk).update(content_hash="0" * 64)
    version.refresh_from_db()

    with pytest.raises(ScorecardVersionChanged):
        scorecard_version_activate(actor=MAKER, version_id=version.pk, effective_from=TODAY, business_on=TODAY)
    with pytest.raises(ScorecardVersionChanged):
        live_card(version)
    assert len(checks.scorecard_contents_unchanged()) == len(checks.scorecards_signed_by_two()) == 1


def test_content_and_signatures_are_append_only(signers):
    sign(developed(), signers[0])
    for change in (
        lambda: ScorecardContent.objects.update(card={}),
        lambda: ScorecardSignature.objects.update(opinion="other"),
        lambda: ScorecardSignature.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_version_is_read_signed_and_tried_over_the_api():
    version = developed()
    everything = [permissions.SCORECARD_VIEW, permissions.SCORECARD_SIGN, permissions.SCORE_TRY]
    ana, bo = (client_for(make_user(name, permissions=everything)) for name in ("ana", "bo"))
    seer = client_for(make_user("seer", permissions=[permissions.SCORECARD_VIEW]))
    path, named = f"/scorecard-versions/{version.pk}", {"scorecard_version_id": version.pk}

    status, detail = seer.get(path)
    assert (status, detail["scorecard_name"], detail["actions"]) == (200, "车贷评分", [])
    assert detail["card"]["characteristics"][0]["bins"][-1]["is_missing"] is True
    assert seer.get("/scorecard_versions")[0] in {200, 404}
    assert seer.command("scorecard_version_sign", {**named, "opinion": "no"})[0] == 403
    assert client_for(make_user("nobody")).get(path)[0] == 403

    assert ana.command("scorecard_version_sign", {**named, "opinion": "稳定"})[1]["state"] == "draft"
    assert ana.command("scorecard_version_sign", {**named, "opinion": "再签"})[1]["code"] == "scorecard_signed_already"
    assert bo.command("scorecard_version_sign", {**named, "opinion": "同意"})[1]["state"] == "signed"
    assert [one["opinion"] for one in ana.get(path)[1]["signatures"]] == ["稳定", "同意"]

    weak = {"ltv": 0.93, "income": None, "job": "trader", "noise": 0.1}
    status, score = ana.command("score_try", {**named, "inputs": weak})
    assert status == 200
    assert sum(part["points"] for part in score["contributions"]) == score["points"]
    assert {"code": "R06", "text": "车辆价值或车况"}.keys() <= score["reasons"][0].keys()
    assert (score["challenger"] is not None) == challenger.is_available()
    status, refusal = ana.command("score_try", {**named, "inputs": {"ltv": "x", "income": 1, "job": "clerk"}})
    assert (status, refusal["code"], refusal["params"]["name"]) == (422, "score_input_invalid", "ltv")
    assert "null" in refusal["message"]


def test_a_name_is_registered_once():
    developed()
    assert (developed(seed=8).version_no, Scorecard.objects.count()) == (2, 1)
