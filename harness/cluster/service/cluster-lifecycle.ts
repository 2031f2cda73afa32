// The life of a cluster on any backend: when all waiting in it ends, and how its death is reported.
import { ChaosError } from '../../core/errors.ts'
import type { Exit } from '../../processes/session.ts'
import type { Log } from '../../processes/log-tail.ts'
import { serviceDied } from './serving.ts'
import type { Service } from '../service.ts'

export interface ClusterLifecycle {
  /** Aborted when the cluster ends, or when the caller gives up its start-up. */
  readonly signal: AbortSignal
  /** Aborted when it dies without the harness's doing. */
  readonly health: AbortSignal
  /** A service has ended without the harness's doing. */
  died(name: Service['name'], exit: Exit, log: Log): void
  /** Marks the cluster as dead: what its services run on is gone. */
  fail(error: unknown): void
  /** From here on, the caller cannot give up the start-up any more. */
  markStarted(): void
  end(): void
}

/** @param caller ends the start-up early; does nothing after `markStarted` */
export function createClusterLifecycle(caller: AbortSignal): ClusterLifecycle {
  const life = new AbortController()
  const health = new AbortController()
  const giveUp = () => life.abort(caller.reason)
  caller.addEventListener('abort', giveUp)
  const fail = (error: unknown) => health.abort(error)
  return {
    signal: life.signal,
    health: health.signal,
    died: (name, exit, log) => void serviceDied(name, exit, log).then(fail, fail),
    fail,
    markStarted: () => caller.removeEventListener('abort', giveUp),
    end: () => life.abort(new ChaosError('the cluster was closed', { code: 'CHAOS_STACK_CLOSED' })),
  }
}
