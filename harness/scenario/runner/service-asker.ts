// Asks a service again and again whether it serves, as long as a fault should keep it from answering.
import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from '../../cluster/cluster.ts'
import { withCallSignal, type Observer } from '../../temporal/observer.ts'

/** The name to ask by after a cut: the harness's own way to the service is not cut. */
export function linkTo(service: string): string {
  return `the link to ${service}`
}

/**
 * How the services of a cluster are asked, by their names. The link to the database is asked by a question
 * that the server answers from the database alone; the other questions need no second service.
 */
export function asksOf(
  { database }: Pick<Cluster, 'database'>,
  observer: Observer,
): ReadonlyMap<string, Ask> {
  const { workflowService } = observer.client
  const stored: Ask = (signal) =>
    withCallSignal(signal, observer, () => workflowService.listNamespaces({ pageSize: 1 }))
  const temporal: Ask = (signal) => withCallSignal(signal, observer, () => workflowService.getSystemInfo({}))
  const asks = new Map<string, Ask>([
    ['temporal-server', temporal],
    [linkTo('postgres'), stored],
  ])
  if (database !== undefined) asks.set('postgres', () => database.query('SELECT 1'))
  return asks
}

/** Resolves once the service has answered; rejects if it does not, or if the signal is aborted. */
export type Ask = (signal: AbortSignal) => Promise<unknown>

export interface Asked {
  readonly askedMs: number
  readonly answered: boolean
}

export interface ServiceAskerOptions {
  readonly ask: Ask
  readonly nowMs: () => number
  /** Called after each question. */
  readonly onAsked: (asked: Asked) => void
}

/** A living service answers within milliseconds. */
const answerMs = 1_000
const everyMs = 250
/** So long the injection waits for the first answer: a fault that does nothing is found out at once. */
const firstWithinMs = 250

export class ServiceAsker {
  readonly #options: ServiceAskerOptions
  readonly #stopped = new AbortController()
  /** Resolves after the first answer, or once it takes long; never rejects. */
  readonly first: Promise<void>

  constructor(options: ServiceAskerOptions) {
    this.#options = options
    const asked = this.#askOnce()
    this.first = Promise.race([asked, pause(firstWithinMs, this.#stopped.signal)])
    void asked.then(() => this.#goOn())
  }

  /** A question without an answer so far counts as not answered. */
  stop(): void {
    this.#stopped.abort()
  }

  async #goOn(): Promise<void> {
    const { signal } = this.#stopped
    for (;;) {
      await pause(everyMs, signal)
      if (signal.aborted) return
      await this.#askOnce()
    }
  }

  async #askOnce(): Promise<void> {
    const { ask, nowMs, onAsked } = this.#options
    const askedMs = nowMs()
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(answerMs)])
    const answer = ask(signal).then(
      () => true,
      () => false,
    )
    const silence = once(signal).then(() => false)
    onAsked({ askedMs, answered: await Promise.race([answer, silence]) })
  }
}

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined) // stopped: nobody waits any more
}
