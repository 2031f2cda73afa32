// What the console says about damaged records: how many of each kind still pass, and which.
import Table from 'cli-table3'
import { consoleText } from '../../core/console-text.ts'
import { shortened } from '../../core/shortened.ts'
import type { Change } from '../../mutation/change.ts'
import type { Mutant, SealState } from '../../mutation/mutate-records.ts'
import { passedShare, talliesOf } from '../../mutation/tally.ts'
import { whyPassed } from '../../mutation/why-passed.ts'

const shownMutants = 20
const shownCharacters = 160

/** No line between rows: there are many. */
const withoutLines = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }

export function mutantsTable(mutants: readonly Mutant[]): string {
  const table = new Table({
    head: ['damage', 'tried', 'refused', 'caught', 'no claim', 'pass', 'share'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
    chars: withoutLines,
  })
  const rows = talliesOf(mutants).map(({ what, tried, fates }) => {
    const { refused, caught, passed } = fates
    return [what, tried, refused, caught, fates['no claim'], passed, percent(passedShare({ tried, fates }))]
  })
  table.push(...rows)
  return `${table.toString()}\n${legend}`
}

const legend = [
  'refused: the record cannot be read. caught: the verdict is fail, inconclusive or error.',
  'no claim: only what reports show was changed, so a pass is right. pass: a change that nobody noticed.',
].join('\n')

const seals: Readonly<Record<SealState, string>> = {
  kept: 'under the old seal',
  renewed: 'sealed again',
  none: 'without a seal',
}

/** The first mutants that still pass, with what was changed and why nobody noticed. */
export function passedMutants(mutants: readonly Mutant[]): string {
  const passed = mutants.filter(({ fate }) => fate === 'passed')
  const shown = passed.slice(0, shownMutants).map(mutantText)
  const others = passed.length - shown.length
  return [...shown, ...(others > 0 ? [`and ${others} more that pass`] : [])].join('\n')
}

function mutantText({ number, kind, seal, record, change }: Mutant): string {
  const head = `mutant ${number} passes: ${kind}, ${seals[seal]}, of ${record}`
  return change === null ? head : [head, ...changeLines(change).map((line) => `  ${line}`)].join('\n')
}

function changeLines(change: Change): string[] {
  const { file, line, kind, field } = change
  const where = [`${file}:${line}`, kind === null ? '' : ` "${kind}"`, field === null ? '' : `, ${field}`]
  return [`${consoleText(where.join(''))}: ${difference(change)}`, `why: ${whyPassed(change)}`]
}

function difference({ more, was, is }: Change): string {
  const text = (value: string | null) => consoleText(shortened(value ?? 'nothing', shownCharacters))
  if (more < 0) return `${-more} fewer lines, the first of them ${text(was)}`
  if (more > 0) return `${more} more lines, the first of them ${text(is)}`
  return `was ${text(was)}, is ${text(is)}`
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
