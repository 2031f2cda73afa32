import asyncio
import signal

from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.worker import Worker

from activities import charge, refund, ship
from shared import TASK_QUEUE
from workflows import OrderWorkflow


async def main() -> None:
    client = await Client.connect(**ClientConfig.load_client_connect_config())
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    worker = Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[OrderWorkflow],
        activities=[charge, refund, ship],
    )
    async with worker:
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(main())
