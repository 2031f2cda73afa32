import Table from 'cli-table3'
import { formatDuration } from '../../core/duration.ts'
import type { Compared, Comparison } from '../../result/comparison.ts'
import { causeTexts, costTexts, figure, orDash } from '../comparison-texts.ts'
import { plain, type Paint } from './paint.ts'
import { cell } from './table-cell.ts'

function row(compared: Compared, paint: Paint): string[] {
  const { profile, required, passed, recovery } = compared
  return [
    profile,
    paint(passed === required ? 'green' : 'red', `${passed}/${required}`),
    figure(recovery.minMs),
    figure(recovery.medianMs),
    figure(recovery.maxMs),
    cell(orDash(causeTexts(compared), '\n')),
    cell(orDash(costTexts(compared), '\n')),
  ]
}

/** A table for each scenario with a line for each profile, at most 100 columns wide. */
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
