"""What no single context owns: journeys, invariants, architecture, contracts, browser, the house itself."""
