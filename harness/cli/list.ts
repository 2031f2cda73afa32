// `chaos list`: shows the scenarios or, with --faults, the built-in faults; as JSON for programs with --json.
import Table from 'cli-table3'
import type { Command } from 'commander'
import { formatDuration } from '../core/duration.ts'
import type { Capability } from '../config/backends.ts'
import { addExample } from './example.ts'
import type { Membership } from '../config/suites.ts'
import { backendsFor, builtInFaults } from '../faults/catalogue.ts'
import { nameCell } from '../report/console/table-cell.ts'

export interface ScenarioInfo {
  readonly name: string
  readonly promise: string
  /** The suites that the scenario belongs to; empty if it runs only by name. */
  readonly suites: readonly Membership[]
  readonly budgetMs: number
  /** Whether the scenario's runs share a cluster, or each run has its own. */
  readonly isolation: 'shared' | 'own-cluster'
  /** Capabilities that the scenario needs and that not every cluster has. */
  readonly needs: readonly Capability[]
  readonly file: string
}

const nameWidth = 34

/** The list as a table of at most 100 columns. */
export function renderList(scenarios: readonly ScenarioInfo[]): string {
  if (scenarios.length === 0) return 'There is no scenario here.'
  const table = new Table({
    head: ['scenario', 'promise', 'suites', 'cluster', 'budget'],
    colWidths: [nameWidth, 33, 9, 9, 9],
    colAligns: ['left', 'left', 'left', 'left', 'right'],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  const rows = scenarios.map(({ name, promise, suites, isolation, needs, budgetMs }) => [
    nameCell(name, nameWidth - 2),
    needs.length === 0 ? promise : `${promise}\nneeds: ${needs.join(', ')}`,
    suites.length === 0 ? 'by name' : suites.join(', '),
    isolation === 'shared' ? 'shared' : 'own',
    formatDuration(budgetMs),
  ])
  table.push(...rows)
  return table.toString()
}

async function listScenarios(load: () => Promise<ScenarioInfo[]>, json = false): Promise<string> {
  const scenarios = await load()
  return json ? JSON.stringify(scenarios, null, 2) : renderList(scenarios)
}

function listFaults(json = false): string {
  const faults = builtInFaults().map((fault) => ({ ...fault, backends: backendsFor(fault) }))
  return json ? JSON.stringify(faults, null, 2) : renderFaults()
}

/** The catalogue of faults as a table of at most 100 columns. */
export function renderFaults(): string {
  const table = new Table({
    head: ['fault', 'target is', 'what it does', 'healed by', 'backends'],
    colWidths: [20, 11, 30, 21, 13],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  const rows = builtInFaults().map((fault) => [
    fault.kind,
    fault.effect,
    fault.does,
    fault.healedBy,
    backendsFor(fault).join(', '),
  ])
  table.push(...rows)
  return table.toString()
}

/** Adds `list` to the program; `load` is called only for scenarios. */
export function registerList(program: Command, load: () => Promise<ScenarioInfo[]>): void {
  const command = program
    .command('list')
    .description('show the scenarios: what each promises, and which suites it belongs to')
    .option(
      '--faults',
      'show the built-in faults instead: what each does, how it heals, where it is available',
    )
    .option('--json', 'as JSON; of scenarios: name, promise, suites, budgetMs, isolation, needs, file')
  addExample(command, 'list --faults')
  command.action(async ({ json, faults }: { readonly json?: true; readonly faults?: true }) => {
    const text = faults ? listFaults(json) : await listScenarios(load, json)
    process.stdout.write(`${text}\n`)
  })
}
