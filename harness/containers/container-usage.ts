// CPU and memory of a container, as its engine counts them.
import type Dockerode from 'dockerode'
import type { Usage } from '../processes/watched.ts'
import { engineStatus } from './engine/failures.ts'

const nanosPerMs = 1e6

/** Undefined if it does not run (any more). */
export async function usageOf(container: Dockerode.Container): Promise<Usage | undefined> {
  try {
    return usageIn(await container.stats({ stream: false, 'one-shot': true }))
  } catch (thrown) {
    const status = engineStatus(thrown)
    if (status === 404 || status === 409) return undefined
    throw thrown
  }
}

/**
 * Leaves out the page cache that can be dropped, as `docker stats` does. Its name differs between cgroup v1
 * and v2.
 */
export function usageIn(
  stats: Pick<Dockerode.ContainerStats, 'cpu_stats' | 'memory_stats'>,
): Usage | undefined {
  // Absent if the container has ended, whatever the types say.
  const used: number | undefined = stats.memory_stats?.usage
  const cpuNanos: number | undefined = stats.cpu_stats?.cpu_usage?.total_usage
  if (used === undefined || cpuNanos === undefined) return undefined
  const details: Partial<Record<string, number>> = { ...stats.memory_stats.stats }
  const cache = details['total_inactive_file'] ?? details['inactive_file'] ?? 0
  return { cpuMs: cpuNanos / nanosPerMs, memoryBytes: Math.max(0, used - cache) }
}
