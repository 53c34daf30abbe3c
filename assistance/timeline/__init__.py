"""The sentences of this app's events, one module per kind of thing."""

from assistance.timeline import case, desk, intake, mandate, need, referral

__all__ = ["case", "desk", "intake", "mandate", "need", "referral"]
