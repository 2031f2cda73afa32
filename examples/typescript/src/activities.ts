import { appendFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type { Order } from './shared'

const bankUrl = process.env.BANK_URL ?? 'http://127.0.0.1:3001'

async function post(path: string, body: object): Promise<void> {
  const response = await fetch(`${bankUrl}${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`the bank answered ${response.status}: ${await response.text()}`)
}

export async function charge(order: Order): Promise<void> {
  await post('/payments', { orderId: order.id, amountCents: order.amountCents })
}

export async function refund(order: Order): Promise<void> {
  await post('/refunds', { orderId: order.id, amountCents: order.amountCents })
}

export async function ship(order: Order): Promise<void> {
  await setTimeout(500)
  await appendFile('shipments.jsonl', JSON.stringify({ orderId: order.id }) + '\n')
}
