"""Follow-ups: the days on which somebody asks, and what a referral and its steps do to them."""

from __future__ import annotations

from migrant_office.services.follow_ups.making import after_step, planned, put_planned
from migrant_office.services.working_days import is_working_day, working_day

__all__ = ["after_step", "is_working_day", "planned", "put_planned", "working_day"]
