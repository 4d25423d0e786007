"""Putting a strategy that ships with Axle into force."""

from datetime import date

from axle.decisioning.models import Strategy, StrategyVersion
from axle.decisioning.services.policy_formula_save import policy_formula_save
from axle.decisioning.services.strategy_create import strategy_create
from axle.decisioning.services.strategy_version_activate import strategy_version_activate
from axle.decisioning.services.strategy_version_compile import strategy_version_compile
from axle.decisioning.services.strategy_version_create import strategy_version_create
from axle.decisioning.strategies.cases import cases_read
from axle.decisioning.strategies.tables import contract_read, document_read, formulas_read, policy_read, rules_read
from axle.platform.public import Actor


def strategy_load(*, actor: Actor, strategy: str, on: date) -> StrategyVersion:
    """Store, compile and activate a shipped strategy such as ``auto_loan_standard``, with its policy values and the
    formulas that prices move them by; once per strategy.

    Errors: StrategyVersionNotCompiled when its golden cases fail.
    """
    existing = StrategyVersion.objects.filter(strategy__code=strategy).order_by("-version_no").first()
    if existing is not None:
        return existing
    about = document_read(strategy, "strategy")
    if not Strategy.objects.filter(code=strategy).exists():
        names = {"name_zh": about["name"]["zh"], "name_en": about["name"]["en"]}
        strategy_create(actor=actor, code=strategy, owner=about["owner"], **names)
    version = strategy_version_create(
        actor=actor,
        strategy=strategy,
        graph=document_read(strategy, "graph"),
        contract=contract_read(strategy),
        rules=rules_read(strategy),
        cases=cases_read(strategy),
        policy=policy_read(strategy),
    )
    strategy_version_compile(actor=actor, version_id=version.pk)
    for formula in formulas_read(strategy):
        policy_formula_save(actor=actor, is_active=True, **formula)
    return strategy_version_activate(actor=actor, version_id=version.pk, effective_from=on, business_on=on)
