// Texts for the cells of a comparison's table, shared by console and Markdown.
import { formatDuration } from '../core/duration.ts'
import type { Compared } from '../result/comparison.ts'

export function figure(ms: number | null): string {
  return ms === null ? '-' : formatDuration(ms)
}

/** `sticky schedule-to-start timeout 10.00 s ×3` */
export function causeTexts({ causes, recovery }: Compared): string[] {
  const texts = causes.map(({ name, observedMs, runs }) => `${name} ${formatDuration(observedMs)} ×${runs}`)
  return recovery.unmeasured === 0 ? texts : [...texts, `not measured ×${recovery.unmeasured}`]
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
}

export function costTexts({ costs }: Compared): string[] {
  return [
    ...counted(costs.workflowTasksTimedOut, 'workflow task timed out', 'workflow tasks timed out'),
    ...counted(costs.activityAttempts, 'activity attempt repeated', 'activity attempts repeated'),
    ...(costs.redoneMs === 0 ? [] : [`${formatDuration(costs.redoneMs)} of work redone`]),
  ]
}

export function orDash(texts: readonly string[], separator: string): string {
  return texts.length === 0 ? '-' : texts.join(separator)
}
