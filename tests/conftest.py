"""How Hypothesis draws: always the same examples, so that a red test is red for everybody.

``HYPOTHESIS_PROFILE=explore`` draws others, and more of them, to look for what nobody thought of.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("same", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=1000, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
