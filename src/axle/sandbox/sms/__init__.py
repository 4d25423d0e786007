"""The sandbox SMS gateway: HMAC-signed sends, a batch number at once, a signed status report later."""
