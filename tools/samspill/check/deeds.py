"""What is done with an objective, in words."""

from __future__ import annotations

#: The role in which a part serves an objective → what the objective then is.
DEEDS = {"teaches": "taught", "practises": "practised", "assesses": "assessed"}
