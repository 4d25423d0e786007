"""Pure rules of decisioning: contract, expression checker, compiler, runtime, wording. No Django, no loan."""
