import asyncio
import os
import sqlite3
from contextlib import closing

from temporalio import activity

from shared import Order

DATABASE = os.environ.get("SHOP_DATABASE", "shop.db")


def book(kind: str, order: Order) -> None:
    with closing(sqlite3.connect(DATABASE)) as database, database:
        database.execute(
            "CREATE TABLE IF NOT EXISTS bookings (order_id TEXT, kind TEXT, amount_cents INTEGER, "
            "PRIMARY KEY (order_id, kind))"
        )
        database.execute(
            "INSERT OR IGNORE INTO bookings VALUES (?, ?, ?)",
            (order.id, kind, order.amount_cents),
        )


@activity.defn
async def charge(order: Order) -> None:
    await asyncio.sleep(0.5)
    book("payment", order)


@activity.defn
async def refund(order: Order) -> None:
    await asyncio.sleep(0.5)
    book("refund", order)


@activity.defn
async def ship(order: Order) -> None:
    await asyncio.sleep(0.5)
    book("shipment", order)
