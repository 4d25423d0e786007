"""The SMS adapter: HMAC-signed JSON out, HMAC-signed status reports in."""
