"""Readers of `onrecord serve` as locust has them: each looks at something, thinks, and looks at something else.

Run by serve_load.py, which says in READERS (JSON: weight, name, address) where to look, and in THINK how long they think.
"""

from __future__ import annotations

import json
import os
import random

from locust import FastHttpUser, between, task

ADDRESSES = json.loads(os.environ["READERS"])
THINK = float(os.environ["THINK"])


class Reader(FastHttpUser):
    wait_time = between(THINK / 2, THINK * 1.5)

    @task
    def look(self) -> None:
        ((_, name, address),) = random.choices(ADDRESSES, [weight for weight, *_ in ADDRESSES])
        self.client.get(address, name=name)
