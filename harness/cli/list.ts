// `chaos list`: the scenarios there are, for people or, with --json, for programs.
import Table from 'cli-table3'
import type { Command } from 'commander'
import { formatDuration } from '../core/duration.ts'
import type { Capability } from '../config/backends.ts'
import type { Membership } from '../config/suites.ts'

export interface ScenarioInfo {
  readonly name: string
  readonly promise: string
  /** That it belongs to; empty where it runs by name only. */
  readonly suites: readonly Membership[]
  readonly budgetMs: number
  /** What its runs strike: their own worker, side by side on one cluster, or the cluster, side by side on clusters of their own. */
  readonly isolation: 'shared' | 'own-cluster'
  /** What their cluster must be able to do that not every one can. */
  readonly needs: readonly Capability[]
  readonly file: string
}

/** The list as a table of at most 100 columns. */
export function renderList(scenarios: readonly ScenarioInfo[]): string {
  if (scenarios.length === 0) return 'There is no scenario here.'
  const table = new Table({
    head: ['scenario', 'promise', 'suites', 'strikes', 'budget'],
    colWidths: [34, 33, 9, 9, 9],
    colAligns: ['left', 'left', 'left', 'left', 'right'],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  const rows = scenarios.map(({ name, promise, suites, isolation, needs, budgetMs }) => [
    name,
    needs.length === 0 ? promise : `${promise}\nneeds: ${needs.join(', ')}`,
    suites.length === 0 ? 'by name' : suites.join(', '),
    isolation,
    formatDuration(budgetMs),
  ])
  table.push(...rows)
  return table.toString()
}

/** Adds `list` to the program; `load` is called only when it is asked for. */
export function registerList(program: Command, load: () => Promise<ScenarioInfo[]>): void {
  program
    .command('list')
    .description('show the scenarios: what each promises and strikes, and which suites it belongs to')
    .option('--json', 'as JSON: name, promise, suites, budgetMs, strikes, needs, file')
    .action(async (options: { readonly json?: true }) => {
      const scenarios = await load()
      const text = options.json ? JSON.stringify(scenarios, null, 2) : renderList(scenarios)
      process.stdout.write(`${text}\n`)
    })
}
