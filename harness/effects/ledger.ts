// The outside world of one run. It accepts each effect once, and writes every attempt down before it answers. No fault
// reaches it, so its word can be compared with Temporal's.
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { RunClock } from '../core/clock.ts'
import { effectRequestSchema, type Effect, type EffectSender } from '../record/effect.ts'
import type { ExpectedEffect } from '../record/expected-effect.ts'
import { isNestedDeeperThan } from '../record/effect-payload.ts'
import type { SealedFile } from '../record/seal.ts'
import { EffectBook } from './effect-book.ts'

export interface Ledger extends AsyncDisposable {
  /** `http://host:port`, as workers reach it; the same for the run's whole life. */
  readonly url: string
  /**
   * The URL for one incarnation of a worker. It contains a secret, so that the ledger knows who calls, and nobody
   * else can call.
   */
  urlFor(sender: EffectSender): string
  /** The effects written down so far. */
  effects(): readonly Effect[]
  /** Told of effects before anything can cause them, since some may come with payloads that differ. */
  expect(effects: readonly ExpectedEffect[]): void
  /** What its file holds by now, for the seal of the record. */
  written(): SealedFile
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
  /** Anybody may call `url` itself, and says which incarnation it is. @default false */
  readonly isOpen?: boolean
  /** Called if an effect could not be written down: the run then proves nothing about effects. */
  readonly onError: (thrown: unknown) => void
}

const maxBodyBytes = 1024 * 1024
const maxLevels = 100

/**
 * Opens a ledger.
 *
 * - `POST <url>/effects` with an effect (see record/effect.ts): `{ outcome: 'new' | 'repeat', sequence }`; 409 and `conflict`
 *   if the key was accepted with another payload; 400 or 413 if the body is none that the ledger takes
 * - `GET <url>/effects`: every effect so far, in order
 *
 * `<url>` is that of a sender. Any other is answered with 404.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { file, clock, onError, listenOn = '127.0.0.1', port: wanted = 0, isOpen = false } = options
  const book = await EffectBook.open(file)
  const senders = new Map<string, EffectSender>()

  async function accept(context: Context, sender: EffectSender | undefined) {
    const body: unknown = await context.req.json().catch(() => undefined)
    const receivedAtMs = clock.nowMs()
    const request = effectRequestSchema.safeParse(body)
    if (!request.success) return context.json({ error: z.prettifyError(request.error) }, 400)
    if (isNestedDeeperThan(maxLevels, request.data.payload))
      return context.json({ error: `the payload is nested deeper than ${maxLevels} levels` }, 400)
    const incarnation = sender?.incarnation ?? request.data.incarnation
    if (incarnation === undefined) return context.json({ error: 'the incarnation is missing' }, 400)
    const { outcome, sequence } = await book.write({ ...request.data, ...sender, incarnation, receivedAtMs })
    if (outcome !== 'conflict') return context.json({ outcome, sequence })
    const error = `the key ${request.data.key} was accepted with another payload`
    return context.json({ outcome, sequence, error }, 409)
  }

  const app = new Hono()
  const limited = bodyLimit({
    maxSize: maxBodyBytes,
    onError(context) {
      // The rest of the body is not read, so nothing more can come over this connection.
      context.header('connection', 'close')
      return context.json({ error: `the body is larger than ${maxBodyBytes} bytes` }, 413)
    },
  })
  app.onError((thrown, context) => {
    onError(thrown)
    return context.json({ error: thrown.message }, 500)
  })
  app.use('/:secret/effects', async (context, next) => {
    if (!senders.has(context.req.param('secret'))) return context.notFound()
    return next()
  })
  app.get('/:secret/effects', (context) => context.json(book.effects))
  app.post('/:secret/effects', limited, (context) =>
    accept(context, senders.get(context.req.param('secret'))),
  )
  if (isOpen) {
    app.get('/effects', (context) => context.json(book.effects))
    app.post('/effects', limited, (context) => accept(context, undefined))
  }

  const server = serve({ fetch: app.fetch, hostname: listenOn, port: wanted })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const { port } = server.address() as AddressInfo
  const url = `http://${options.advertisedHost ?? listenOn}:${port}`
  return {
    url,
    urlFor(sender) {
      const secret = randomUUID()
      senders.set(secret, sender)
      return `${url}/${secret}`
    },
    effects: () => book.effects,
    expect: (effects) => book.expect(effects),
    written: () => book.written,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
      await book[Symbol.asyncDispose]()
    },
  }
}
