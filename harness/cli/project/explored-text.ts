// What was seen of a project's workloads without faults, as text for people.
import type { Project } from '../../config/project/project.ts'
import { formatDuration } from '../../core/duration.ts'
import { shortestMs, type Explored } from '../../scenario/generic/explored.ts'
import { momentsFor } from '../../scenario/generic/generic-scenarios.ts'
import { nameOf } from '../../scenario/generic/messages.ts'

export function exploredText({ workloads }: Project, explored: readonly Explored[]): string {
  return explored.flatMap((seen) => linesOf(workloads, seen)).join('\n')
}

function linesOf(workloads: Project['workloads'], seen: Explored): string[] {
  const declared = workloads[seen.workload]
  if (declared === undefined) return []
  const [first] = seen.ends
  const end = first?.outcome?.status ?? 'open'
  const places = new Set(declared.messages.map(({ at }) => (typeof at === 'string' ? nameOf(at) : '')))
  const short = seen.moments.filter(({ name, lastsMs }) => lastsMs < shortestMs && !places.has(name))
  const polled = Object.entries(seen.queues).map(
    ([worker, queues]) =>
      `${worker} polls ${queues.map(({ name, polls }) => `${name} (${polls.join(' and ')})`).join(', ')}`,
  )
  const together = declared.together === 1 ? '' : ` (${declared.together} together)`
  return [
    `${seen.workload}${together}: ${end} in ${formatDuration(seen.durationMs)}; ${polled.join('; ')}`,
    `  moments: ${momentsFor(declared, seen).join(', ')}`,
    ...(short.length === 0
      ? []
      : [
          `  too short to strike from outside: ${short.map(({ name, of, lastsMs }) => `${name}${of === undefined ? '' : ` ${of}`} (${formatDuration(lastsMs)})`).join(', ')}`,
        ]),
  ]
}
