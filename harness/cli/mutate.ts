// `chaos mutate`: damages the records of runs that passed, and shows how many of them still pass.
import path from 'node:path'
import { Option, type Command } from 'commander'
import { findRecords } from '../campaign/find-records.ts'
import { UsageError } from '../core/errors.ts'
import { exitCodes } from '../core/exit-codes.ts'
import { drawSeed } from '../core/seed.ts'
import { goodRecords } from '../mutation/good-records.ts'
import { mutantOf, type GoodRecord, type Mutant } from '../mutation/mutate-records.ts'
import { mutationKinds, type MutationKind } from '../mutation/mutations.ts'
import { passedShare, tallyOf, tolerableShare, worstShare } from '../mutation/tally.ts'
import { paintFor } from '../report/console/paint.ts'
import { paragraphs } from '../report/console/paragraphs.ts'
import { mutantsTable, passedMutants, percent } from '../report/mutants/mutants-text.ts'
import type { LoadedScenario } from '../scenario/load.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { watched, type Watch } from './run-with-progress.ts'

interface Flags {
  readonly mutants: number
  readonly seed?: number
  readonly kind?: MutationKind
}

export function registerMutate(program: Command, { load, done, uncaught }: CampaignCommand): void {
  const command = program
    .command('mutate')
    .description('damage the records of runs that passed, and show how many still pass: none should')
    .argument('<folder...>', "report folders of campaigns, folders of runs, or folders of runs' folders")
    .addOption(
      new Option('--mutants <number>', 'damaged records to judge (default: 1000)')
        .argParser((text) => wholeNumber('--mutants', text, 1, 1_000_000))
        .default(1_000, '1000'),
    )
    .addOption(
      new Option('--seed <number>', 'draws the same damage again (default: drawn)').argParser((text) =>
        wholeNumber('--seed', text, 0, 2 ** 32 - 1),
      ),
    )
    .addOption(new Option('--kind <kind>', 'only this kind of damage').choices(mutationKinds))
  addExample(command, 'mutate reports/latest --mutants 1000 --seed 1')
  command.action(async (folders: string[], { mutants: count, seed = drawSeed(), kind }: Flags) => {
    const paint = paintFor(process.stdout)
    const { records, scenarios, left } = await passedIn(folders, load)
    const kinds = kind === undefined ? mutationKinds : [kind]
    const { all: mutants, wasInterrupted } = await watched(
      { paint, uncaught, config: { detached: false } },
      async (watch) => {
        watch.progress.line(
          `${count} mutants of ${records.length} records of ${scenarios} scenarios in ${folders.join(', ')}, seed ${seed}`,
        )
        const all = await mutated(count, { records, kinds, seed }, watch)
        return { all, wasInterrupted: watch.signal.aborted }
      },
    )
    const isWhole = mutants.length === count
    const text = paragraphs([
      left > 0 ? `left out because they do not pass: ${left} of the records` : '',
      mutantsTable(mutants),
      passedMutants(mutants),
      isWhole ? '' : `only ${mutants.length} of ${count} mutants were judged`,
      shareText(mutants),
    ])
    process.stdout.write(`\n${text}\n`)
    done(wasInterrupted ? exitCodes.interrupted.code : exitCodeOf(mutants, isWhole))
  })
}

interface Passed {
  readonly records: readonly GoodRecord[]
  /** How many scenarios they are of. */
  readonly scenarios: number
  /** How many do not pass. */
  readonly left: number
}

async function passedIn(given: readonly string[], load: () => Promise<LoadedScenario[]>): Promise<Passed> {
  const folders = (await Promise.all(given.map(recordsIn))).flat()
  const known = (await load()).map(({ scenario }) => scenario)
  const ownChecks = (name: string) => known.find((one) => one.name === name)?.checks ?? []
  const records = await goodRecords(folders, ownChecks)
  if (records.length > 0) {
    const scenarios = new Set(records.map(({ scenario }) => scenario)).size
    return { records, scenarios, left: folders.length - records.length }
  }
  throw new UsageError(
    `no record in ${given.join(', ')} passes, so none can show that damage is noticed`,
    'Give the folder of a campaign whose runs passed.',
    'CHAOS_NO_RECORD',
  )
}

async function recordsIn(folder: string): Promise<string[]> {
  const found = await findRecords(folder)
  const names =
    found.kind === 'campaign'
      ? found.stored.scenarios.flatMap(({ runs }) => runs.map((run) => run.folder))
      : found.records
  return names.map((name) => path.join(folder, name))
}

/** Those judged so far if the user interrupts. */
async function mutated(
  count: number,
  options: Parameters<typeof mutantOf>[1],
  { progress, signal }: Watch,
): Promise<Mutant[]> {
  const mutants: Mutant[] = []
  for (let number = 0; number < count && !signal.aborted; number += 1) {
    const mutant = mutantOf(number, options)
    if (mutant !== undefined) mutants.push(mutant)
    progress.preparing(`judged ${number + 1} of ${count} mutants`)
    // Signals arrive, and the line is drawn, only between turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return mutants
}

function shareText(mutants: readonly Mutant[]): string {
  const resealed = mutants.filter(({ seal }) => seal === 'renewed')
  const of = (some: readonly Mutant[]) => percent(passedShare(tallyOf('', some)))
  const again = resealed.length === 0 ? '' : `, and ${of(resealed)} of those that were sealed again`
  return `${of(mutants)} of the mutants still pass${again}; less than ${percent(tolerableShare)} may`
}

function exitCodeOf(mutants: readonly Mutant[], isWhole: boolean): number {
  if (worstShare(mutants) >= tolerableShare) return exitCodes.broken.code
  return isWhole ? exitCodes.passed.code : exitCodes.unproven.code
}

function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= min && number <= max) return number
  throw new UsageError(
    `${flag} takes a whole number from ${min} to ${max}, got ${JSON.stringify(text)}`,
    `For example: ${flag} ${Math.max(min, 1_000)}.`,
    'CHAOS_MUTATE_USAGE',
  )
}
