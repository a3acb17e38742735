"""Use cases: permission, transaction and audit, once each; the doors call nothing below."""
