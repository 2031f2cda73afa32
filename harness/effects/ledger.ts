// The outside world of one run: it accepts each effect once, and has written down every attempt before it answers.
// It lives outside of the faulted database, so that what it says can be held against what Temporal says.
import { open } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { z } from 'zod'
import type { RunClock } from '../core/clock.ts'
import { effectRequestSchema, type Effect, type EffectRequest } from '../record/effect.ts'

export interface Ledger extends AsyncDisposable {
  /** `http://host:port`, as workers reach it; the same for the run's whole life. */
  readonly url: string
  /** What was written down so far. */
  effects(): readonly Effect[]
}

export interface WorldOptions {
  /** An address of this machine. @default '127.0.0.1' */
  readonly listenOn?: string
  /** The host that workers know this machine by. @default `listenOn` */
  readonly advertisedHost?: string
  /** JSON lines, one an effect, appended and synced to disk before the effect is answered. */
  readonly file: string
  readonly clock: RunClock
  /** Told of an effect that could not be written down: the run then proves nothing about effects. */
  readonly onError: (thrown: unknown) => void
}

/**
 * Opens a ledger on a free port.
 *
 * - `POST /effects` with an `EffectRequest`: `{ outcome: 'new' | 'repeat', sequence }`; 400 where the body is not one
 * - `GET /effects`: every effect so far, in order
 */
export async function openLedger(options: WorldOptions): Promise<Ledger> {
  const { file, clock, onError, listenOn = '127.0.0.1', advertisedHost = listenOn } = options
  const log = await open(file, 'a')
  const effects: Effect[] = []
  const accepted = new Set<string>()
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

  const server = serve({ fetch: app.fetch, hostname: listenOn, port: 0 })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${advertisedHost}:${port}`,
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
