// What the faults of workers have in common.
import type { Incarnation } from '../worker/worker.ts'

export function whyNotUp({ identity, life }: Incarnation): string | null {
  return life.exit === null ? null : `${identity} is not running`
}
