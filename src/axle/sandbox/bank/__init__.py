"""The sandbox bank: a signed payout gateway in the manner of Chinese bank open platforms.

Requests are form-encoded, signed with SHA256withRSA over ``path?k=v&…`` (sorted, raw values, ``sign`` left
out); replies are JSON ``{"response_biz_content": {…}, "sign": "…"}`` signed over the raw text of the inner
object. A payout is accepted first and settled later; the result comes as a signed call-back and can always
be asked for.
"""
