// What `chaos check` found, as text for people: what is there, and what each missing thing would add.
import type { SeenWorker } from '../../campaign/project/check-workers.ts'
import type { Project } from '../../config/project/project.ts'
import { describeStart } from '../../config/project/worker-schema.ts'
import { commandName } from '../../core/command-name.ts'
import { formatDuration } from '../../core/duration.ts'

export function checkText(project: Project, workers: readonly SeenWorker[]): string {
  const names = Object.keys(project.workloads)
  const lines = [
    ...workers.map((worker) => [worker.name, seenText(project, worker)] as const),
    ['workloads', names.map((name) => `${name} (${project.workloads[name]?.type})`).join(', ')] as const,
    [
      'replay',
      project.replay === undefined
        ? 'not declared. With it, every history is replayed against your workflow code: nondeterminism is found'
        : project.replay.command.join(' '),
    ] as const,
    [
      'ledger',
      'by choice: an activity that POSTs to CHAOS_LEDGER_URL lets the harness see what was done twice, or lost',
    ] as const,
    [
      'rows',
      Object.keys(project.rows).length === 0
        ? 'not declared. With them, queries of your own tables show what was done twice, or lost, without any call'
        : Object.entries(project.rows)
            .map(([name, { query }]) => `${name} (${query})`)
            .join(', '),
    ] as const,
    ...names
      .filter((name) => project.workloads[name]?.expect === undefined)
      .map((name) => [name, 'no "expect": its end is held against two golden runs'] as const),
  ]
  const width = Math.max(...lines.map(([label]) => label.length))
  const text = lines.map(([label, found]) => `${label.padEnd(width)}  ${found}`)
  return [...text, '', `next: ${commandName} run --quick`].join('\n')
}

function seenText({ workers }: Project, { name, identities, queues, readyAfterMs }: SeenWorker): string {
  const polled = queues.map((queue) => `${queue.name} (${queue.polls.join(' and ')})`).join(', ')
  const start = workers[name]?.start
  return `${start === undefined ? '' : describeStart(start)}: polls ${polled} after ${formatDuration(readyAfterMs)}, as ${identities.join(' and ')}`
}
