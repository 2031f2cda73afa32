// What the header of a record says of itself: seeds, clocks and limits that fit each other.
import { deriveSeed, runSeed } from '../../core/seed.ts'
import type { RunRecord } from '../../record/record.ts'
import { entriesOf, type EntryOf } from '../../record/timeline.ts'

const longestMs = 7 * 86_400_000
/** Both are taken in the same instant, but the process may be stopped in between. */
const startWithinMs = 2_000

export function headerDamage({ header, timeline }: RunRecord): string[] {
  const { campaignSeed, scenario, run, seed, budgetMs, deadlineMs, startedAt, wallAtZeroMs } = header
  const isLength = (ms: number) => ms > 0 && ms <= longestMs
  const derived = runSeed(campaignSeed, scenario, run)
  return [
    ...(seed === derived
      ? []
      : [`the seed of ${scenario} #${run} in campaign ${campaignSeed} is ${derived}, not ${seed}`]),
    ...(isLength(budgetMs) ? [] : [`a budget of ${budgetMs} ms is none`]),
    ...(isLength(deadlineMs) ? [] : [`a deadline of ${deadlineMs} ms is none`]),
    ...(Math.abs(Date.parse(startedAt) - wallAtZeroMs) <= startWithinMs
      ? []
      : [`the run started at ${startedAt}, but its clock began at ${shownInstant(wallAtZeroMs)}`]),
    ...entriesOf(timeline, 'choice').flatMap((choice) => wrongChoice(choice, header)),
    ...doubled(entriesOf(timeline, 'choice').map(({ name }) => name)).map(
      (name) => `the choice ${JSON.stringify(name)} was made twice`,
    ),
  ]
}

type Seeds = Pick<RunRecord['header'], 'campaignSeed' | 'scenario' | 'run' | 'seed'>

/** What the seed does not draw, and no plan gave. The oldest records do not say what could be drawn. */
function wrongChoice({ name, value, options, drawn }: EntryOf<'choice'>, seeds: Seeds): string[] {
  if (options === undefined) return []
  const { seed, campaignSeed, scenario, run } = seeds
  const own = deriveSeed(seed, name)
  const inTurn = deriveSeed(campaignSeed, scenario, name) + run
  const possible = Array.isArray(options)
    ? [options[own % options.length], options[inTurn % options.length]]
    : [options.min + (own % (options.max - options.min + 1))]
  const shown = drawn ?? value
  if (possible.includes(shown)) return []
  return [`the seed does not draw ${JSON.stringify(shown)} for ${JSON.stringify(name)}`]
}

export function doubled(names: readonly string[]): string[] {
  return [...Map.groupBy(names, (name) => name)].flatMap(([name, all]) => (all.length > 1 ? [name] : []))
}

function shownInstant(ms: number): string {
  const instant = new Date(ms)
  return Number.isNaN(instant.getTime()) ? `${ms} ms` : instant.toISOString()
}
