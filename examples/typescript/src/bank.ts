import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'

const file = 'payments.jsonl'
const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : []
const booked = new Set(lines.map((line) => keyOf(JSON.parse(line))))

function keyOf({ path, orderId }: { path: string; orderId: string }): string {
  return `${path} ${orderId}`
}

const server = createServer(async (request, response) => {
  if (request.method === 'GET') return response.end('ok')
  const entry = { path: request.url ?? '', ...JSON.parse(await text(request)) }
  const isRepeat = booked.has(keyOf(entry))
  if (!isRepeat) {
    booked.add(keyOf(entry))
    appendFileSync(file, JSON.stringify(entry) + '\n')
  }
  await setTimeout(500)
  if (isRepeat && request.headers['idempotency-key'] === undefined) {
    return response.writeHead(409).end('this order has been booked already')
  }
  return response.writeHead(201).end()
})

server.listen(Number(process.env.PORT ?? 3001), '127.0.0.1')
