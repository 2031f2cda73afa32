// A comparison for people: tables for the console, and one in Markdown that can be put into a README as it is.
import Table from 'cli-table3'
import { formatDuration } from '../core/duration.ts'
import type { Compared, Comparison } from '../result/comparison.ts'
import { plain, type Paint } from './paint.ts'

function figure(ms: number | null): string {
  return ms === null ? '-' : formatDuration(ms)
}

/** `sticky schedule-to-start timeout 10.00 s ×3` */
function causeTexts({ causes, recovery }: Compared): string[] {
  const texts = causes.map(({ name, observedMs, runs }) => `${name} ${formatDuration(observedMs)} ×${runs}`)
  return recovery.unmeasured === 0 ? texts : [...texts, `not measured ×${recovery.unmeasured}`]
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
}

function costTexts({ costs }: Compared): string[] {
  return [
    ...counted(costs.workflowTasksTimedOut, 'workflow task timed out', 'workflow tasks timed out'),
    ...counted(costs.activityAttempts, 'activity attempt repeated', 'activity attempts repeated'),
    ...(costs.redoneMs === 0 ? [] : [`${formatDuration(costs.redoneMs)} of work redone`]),
  ]
}

function orDash(texts: readonly string[], separator: string): string {
  return texts.length === 0 ? '-' : texts.join(separator)
}

function row(compared: Compared, paint: Paint): string[] {
  const { profile, required, passed, recovery } = compared
  return [
    profile,
    paint(passed === required ? 'green' : 'red', `${passed}/${required}`),
    figure(recovery.minMs),
    figure(recovery.medianMs),
    figure(recovery.maxMs),
    orDash(causeTexts(compared), '\n'),
    orDash(costTexts(compared), '\n'),
  ]
}

/** A table per scenario, with a line per profile: at most 100 columns wide. */
export function comparisonTables({ scenarios }: Comparison, paint: Paint = plain): string {
  return scenarios
    .map(({ name, budgetMs, profiles }) => {
      const table = new Table({
        head: ['profile', 'passed', 'recovery min', 'median', 'max', 'causes', 'costs'].map((title) =>
          paint('bold', title),
        ),
        colWidths: [14, 8, 10, 9, 9, 25, 17],
        colAligns: ['left', 'right', 'right', 'right', 'right', 'left', 'left'],
        wordWrap: true,
        style: { head: [], border: [] },
      })
      table.push(...profiles.map((compared) => row(compared, paint)))
      return `${paint('bold', name)}, ${formatDuration(budgetMs)} allowed\n${table.toString()}`
    })
    .join('\n\n')
}

/** The text of `compare.md`: one table, then what its figures come from. */
export function comparisonMarkdown({ scenarios, comparison }: Comparison): string {
  const head = ['scenario', 'profile', 'passed', 'min', 'median', 'max', 'causes', 'costs']
  const rows = scenarios.flatMap(({ name, profiles }) =>
    profiles.map((compared) => {
      const { profile, required, passed, recovery } = compared
      return [
        name,
        `\`${profile}\``,
        `${passed}/${required}`,
        ...[recovery.minMs, recovery.medianMs, recovery.maxMs].map(figure),
        orDash(causeTexts(compared), '; '),
        orDash(costTexts(compared), '; '),
      ]
    }),
  )
  const alignment = head.map((title) => (['passed', 'min', 'median', 'max'].includes(title) ? '--:' : '---'))
  const table = [head, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  return `${table}\n\n${captionOf(comparison)}\n`
}

function captionOf({ runs, seed, versions, host }: Comparison['comparison']): string {
  const { server, postgres, sdk } = versions
  return [
    `Recovery of ${runs} runs each, campaign seed ${seed}`,
    `Temporal ${server ?? '?'} on PostgreSQL ${postgres ?? '?'}, TypeScript SDK ${sdk}`,
    `${host.cpus} cores, ${host.platform}.`,
  ].join('; ')
}
