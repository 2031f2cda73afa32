// The outside world of one run. It accepts each effect once, and writes every attempt down before it answers. No fault
// reaches it, so its word can be compared with Temporal's.
import { open, readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { z } from 'zod'
import type { RunClock } from '../core/clock.ts'
import { effectRequestSchema, effectSchema, type Effect, type EffectRequest } from '../record/effect.ts'

export interface Ledger extends AsyncDisposable {
  /** `http://host:port`, as workers reach it; the same for the run's whole life. */
  readonly url: string
  /** The effects written down so far. */
  effects(): readonly Effect[]
}

export interface LedgerOptions {
  /** An address of this machine. @default '127.0.0.1' */
  readonly listenOn?: string
  /** @default a free one */
  readonly port?: number
  /** The host that workers know this machine by. @default `listenOn` */
  readonly advertisedHost?: string
  /** JSON lines, one for each effect, synced to disk before the answer. Effects that are there already still count. */
  readonly file: string
  readonly clock: RunClock
  /** Called if an effect could not be written down: the run then proves nothing about effects. */
  readonly onError: (thrown: unknown) => void
}

/**
 * Opens a ledger.
 *
 * - `POST /effects` with an `EffectRequest`: `{ outcome: 'new' | 'repeat', sequence }`; 400 if the body is not one
 * - `GET /effects`: every effect so far, in order
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { file, clock, onError, listenOn = '127.0.0.1', port: wanted = 0 } = options
  const log = await open(file, 'a')
  const effects = await readEffects(file)
  const accepted = new Set(effects.map(({ key }) => key))
  let tail: Promise<unknown> = Promise.resolve()

  async function record(request: EffectRequest): Promise<Effect> {
    const effect: Effect = {
      ...request,
      sequence: effects.length + 1,
      receivedAtMs: clock.nowMs(),
      outcome: accepted.has(request.key) ? 'repeat' : 'new',
    }
    await log.appendFile(`${JSON.stringify(effect)}\n`)
    await log.datasync()
    effects.push(effect)
    accepted.add(effect.key)
    return effect
  }

  /** One at a time: the order in the file is the order of acceptance. */
  function inTurn(request: EffectRequest): Promise<Effect> {
    const turn = tail.then(() => record(request))
    tail = turn.catch(() => undefined) // a failed append is its own request's error, answered as 500
    return turn
  }

  const app = new Hono()
  app.onError((thrown, context) => {
    onError(thrown)
    return context.json({ error: thrown.message }, 500)
  })
  app.get('/effects', (context) => context.json(effects))
  app.post('/effects', async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined)
    const request = effectRequestSchema.safeParse(body)
    if (!request.success) return context.json({ error: z.prettifyError(request.error) }, 400)
    const { outcome, sequence } = await inTurn(request.data)
    return context.json({ outcome, sequence })
  })

  const server = serve({ fetch: app.fetch, hostname: listenOn, port: wanted })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${options.advertisedHost ?? listenOn}:${port}`,
    effects: () => effects,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
      await tail
      await log.close()
    },
  }
}

/** @throws zod's error for a line that is not an effect */
async function readEffects(file: string): Promise<Effect[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => effectSchema.parse(JSON.parse(line)))
}
