// What the console says about damaged records: how many of each kind still pass, and which.
import Table from 'cli-table3'
import { consoleText } from '../../core/console-text.ts'
import type { Mutant } from '../../mutation/mutate-records.ts'
import { passedShare, talliesOf } from '../../mutation/tally.ts'

const shownMutants = 20

export function mutantsTable(mutants: readonly Mutant[]): string {
  const table = new Table({
    head: ['damage', 'tried', 'refused', 'caught', 'no claim', 'pass', 'share'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  })
  const rows = talliesOf(mutants).map(({ what, tried, fates }) => {
    const { refused, caught, passed } = fates
    return [what, tried, refused, caught, fates['no claim'], passed, percent(passedShare({ tried, fates }))]
  })
  table.push(...rows)
  return table.toString()
}

/** Every mutant that still passes, with what was changed; those after the first ones only by number. */
export function passedMutants(mutants: readonly Mutant[]): string {
  const passed = mutants.filter(({ fate }) => fate === 'passed')
  const shown = passed.slice(0, shownMutants).map(mutantLine)
  const others = passed.length - shown.length
  return [...shown, ...(others > 0 ? [`and ${others} more that pass`] : [])].join('\n')
}

function mutantLine({ number, kind, seal, record, change }: Mutant): string {
  return `mutant ${number} passes: ${kind}, seal ${seal}, of ${record}\n  ${consoleText(change ?? '')}`
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
