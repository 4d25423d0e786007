"""Pure rules of accounting: the amount language, posting rules, tax inside an amount, voucher words."""
