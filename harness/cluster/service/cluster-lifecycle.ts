// The life of a cluster, whatever it is made of: when all waiting in it ends, and how its death is told.
import { ChaosError } from '../../core/errors.ts'
import type { Exit } from '../../processes/session.ts'
import type { Log } from '../../processes/log-tail.ts'
import { serviceDied } from './serving.ts'
import type { Service } from '../service.ts'

export interface ClusterLifecycle {
  /** Aborted when the cluster ends, and while it is being made when its maker gives up. */
  readonly signal: AbortSignal
  /** Aborted when it dies without the harness's doing. */
  readonly health: AbortSignal
  /** A service has ended, and nobody asked for it. */
  died(name: Service['name'], exit: Exit, log: Log): void
  /** What the services stand on is gone. */
  lost(error: unknown): void
  /** From here on its maker cannot give up any more. */
  made(): void
  end(): void
}

/** @param maker ends the start-up early; does nothing after `made` */
export function createClusterLifecycle(maker: AbortSignal): ClusterLifecycle {
  const life = new AbortController()
  const health = new AbortController()
  const giveUp = () => life.abort(maker.reason)
  maker.addEventListener('abort', giveUp)
  const lost = (error: unknown) => health.abort(error)
  return {
    signal: life.signal,
    health: health.signal,
    died: (name, exit, log) => void serviceDied(name, exit, log).then(lost, lost),
    lost,
    made: () => maker.removeEventListener('abort', giveUp),
    end: () => life.abort(new ChaosError('the cluster was closed', { code: 'CHAOS_STACK_CLOSED' })),
  }
}
