// What all scenarios of a project have in common, whoever wrote them.
import type { Project } from '../../config/project/project.ts'
import type { WorkerDefinition } from '../../worker/worker-definition.ts'
import type { Explored } from './explored.ts'

/** @param explored of each workload that the scenario may start, as far as it was seen */
export function commonFields(project: Project, explored: readonly Explored[]) {
  return {
    // Only one run goes on at a time: a cluster of its own is for those that strike its services.
    isolation: 'shared' as const,
    probes: false,
    failingAttempts: [...new Set(explored.flatMap(({ failing = [] }) => failing))],
    activityWaitsMs: longestOf(explored.map(({ activityWaitsMs = {} }) => activityWaitsMs)),
    workers: workersOf(project, explored),
  }
}

function longestOf(waits: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const longest: Record<string, number> = {}
  for (const [type, ms] of waits.flatMap((one) => Object.entries(one))) {
    longest[type] = Math.max(ms, longest[type] ?? 0)
  }
  return longest
}

/** All workloads run on the same workers: what one of them was seen to poll holds for all. */
function workersOf({ workers }: Project, explored: readonly Explored[]): Record<string, WorkerDefinition> {
  return Object.fromEntries(
    Object.entries(workers).map(([worker, { taskQueues }]) => {
      const seen = explored.flatMap(({ queues }) => queues[worker] ?? [])
      const ownQueues = taskQueues.map((queue) => {
        return { name: queue, polls: seen.find((one) => one.name === queue)?.polls ?? [] }
      })
      return [worker, { ownQueues }]
    }),
  )
}
