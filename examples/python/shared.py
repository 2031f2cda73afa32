from dataclasses import dataclass

TASK_QUEUE = "orders"


@dataclass
class Order:
    id: str
    amount_cents: int
    approve_within_seconds: float


@dataclass
class Approval:
    by: str
