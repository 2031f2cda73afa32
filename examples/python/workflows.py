import asyncio
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities import charge, refund, ship
    from shared import Approval, Order


@workflow.defn
class OrderWorkflow:
    def __init__(self) -> None:
        self.current = "charging"
        self.approval: Approval | None = None

    @workflow.run
    async def run(self, order: Order) -> str:
        await workflow.execute_activity(
            charge, order, start_to_close_timeout=timedelta(seconds=10)
        )
        self.current = "waiting for approval"
        try:
            await workflow.wait_condition(
                lambda: self.approval is not None,
                timeout=timedelta(seconds=order.approve_within_seconds),
            )
        except asyncio.TimeoutError:
            self.current = "refunding"
            await workflow.execute_activity(
                refund, order, start_to_close_timeout=timedelta(seconds=10)
            )
            self.current = "refunded"
            return self.current
        self.current = "shipping"
        await workflow.execute_activity(
            ship, order, start_to_close_timeout=timedelta(seconds=10)
        )
        self.current = "shipped"
        return self.current

    @workflow.signal
    def approve(self, approval: Approval) -> None:
        self.approval = self.approval or approval

    @workflow.query
    def status(self) -> str:
        return self.current
