// Nobody else may poll the task queues of a test on an external cluster: other workers would take its work.
import { setTimeout as delay } from 'node:timers/promises'
import { Deadline } from '../../../core/deadline.ts'
import { formatDuration } from '../../../core/duration.ts'
import { ChaosError } from '../../../core/errors.ts'
import type { ClockOffset } from '../../../temporal/clock-offset.ts'
import { hasEnded } from '../../../temporal/default-identity.ts'
import type { Observer } from '../../../temporal/observer.ts'
import { queueStates, type QueueState } from '../../../temporal/pollers.ts'

/** A poll takes up to a minute, and its poller is listed with the time of its begin. */
const pollsWithinMs = 70_000
const lookEveryMs = 500

export interface OtherPollersOptions {
  readonly observer: Observer
  readonly queues: readonly string[]
  readonly clockOffset: ClockOffset
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
}

export interface OtherPoller {
  readonly identity: string
  readonly queue: string
  readonly agoMs: number
}

/**
 * A worker of this machine that has ended is waited for: it stays listed, as after an earlier campaign.
 * @throws ChaosError `CHAOS_QUEUES_TAKEN` (kind usage) that names who polls
 */
export async function untilNobodyPolls(options: OtherPollersOptions): Promise<void> {
  const { observer, queues, clockOffset, signal, onProgress } = options
  const polled = queues.map((name) => ({ name, polls: [] }))
  const deadline = Deadline.after(pollsWithinMs + 5_000, signal)
  for (;;) {
    const states = await queueStates(observer, polled, signal)
    const others = othersIn(states, Date.now() + clockOffset.offsetMs)
    if (others.length === 0) return
    const mayLive = others.filter(({ identity }) => !hasEnded(identity))
    if (mayLive.length > 0 || deadline.remainingMs < lookEveryMs) throw taken(others)
    onProgress(`waiting until the service no longer lists ${namesOf(others)}, which seems to have ended`)
    await delay(lookEveryMs, undefined, { signal })
  }
}

/** Each identity once for a queue. @param serverNowMs the service's own clock */
export function othersIn(states: readonly QueueState[], serverNowMs: number): OtherPoller[] {
  const seen = states.flatMap(({ queue, pollers }) =>
    pollers.map(({ identity, lastAccessWallMs }) => {
      return { identity, queue, agoMs: Math.max(0, serverNowMs - lastAccessWallMs) }
    }),
  )
  const fresh = seen.filter(({ agoMs }) => agoMs < pollsWithinMs).toSorted((a, b) => a.agoMs - b.agoMs)
  return [...Map.groupBy(fresh, ({ identity, queue }) => `${queue} ${identity}`).values()].flatMap(
    ([newest]) => newest ?? [],
  )
}

function namesOf(others: readonly OtherPoller[]): string {
  return [...new Set(others.map(({ identity }) => identity))].join(', ')
}

function taken(others: readonly OtherPoller[]): ChaosError {
  const lines = others.map(
    ({ identity, queue, agoMs }) => `${identity} polls ${queue}, last seen ${formatDuration(agoMs)} ago`,
  )
  return new ChaosError(
    `workers that the harness did not start poll the task queues of your workloads:\n  ${lines.join('\n  ')}`,
    {
      code: 'CHAOS_QUEUES_TAKEN',
      kind: 'usage',
      hint: 'They would take the work of the test, and the harness touches no worker that it did not start. Stop them, or give the test a namespace or task queues of its own. The service lists a worker that has ended for another minute.',
    },
  )
}
