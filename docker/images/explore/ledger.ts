// A ledger to act on where no harness runs one: the same two requests, and the effects kept in a file.
// What it accepted is still known after it was killed.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const file = process.env['LEDGER_FILE'] || '/var/lib/ledger/effects.jsonl'
const port = Number(process.env['WORLD_PORT'] || '8090')

const requestSchema = z.looseObject({ key: z.string().min(1) })
const effectSchema = requestSchema.extend({ sequence: z.number(), outcome: z.enum(['new', 'repeat']) })
type Effect = z.infer<typeof effectSchema>

const effects = readEffects()
const accepted = new Set(effects.map(({ key }) => key))

function readEffects(): Effect[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  return lines.filter((line) => line !== '').map((line) => effectSchema.parse(JSON.parse(line)))
}

/** Written down before it is answered, and nothing between: one at a time. */
function accept(body: unknown): Effect {
  const request = requestSchema.parse(body)
  const outcome = accepted.has(request.key) ? 'repeat' : 'new'
  const effect: Effect = { ...request, sequence: effects.length + 1, outcome }
  appendFileSync(file, `${JSON.stringify(effect)}\n`, { flush: true })
  effects.push(effect)
  accepted.add(effect.key)
  return effect
}

async function answer(request: IncomingMessage): Promise<[status: number, body: unknown]> {
  if (request.url !== '/effects') return [404, { error: 'there is /effects' }]
  if (request.method === 'GET') return [200, effects]
  if (request.method !== 'POST') return [405, { error: 'GET or POST' }]
  try {
    const { outcome, sequence } = accept(JSON.parse(await text(request)))
    return [200, { outcome, sequence }]
  } catch (thrown) {
    console.error(thrown)
    return [
      thrown instanceof z.ZodError || thrown instanceof SyntaxError ? 400 : 500,
      { error: String(thrown) },
    ]
  }
}

const server = createServer((request, response) => {
  void answer(request).then(([status, body]) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
})
server.listen(port, () => console.log(`the ledger listens on ${port}; it knows of ${effects.length} effects`))
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.on(name, () => {
    server.close()
    server.closeAllConnections()
  })
}
