// Which of a project's scenarios a command is about.
import type { Project } from '../../config/project/project.ts'
import { UsageError } from '../../core/errors.ts'
import { unknownName } from '../../core/known-names.ts'
import { didYouMean } from '../../core/nearest.ts'
import type { LoadedScenario } from '../../scenario/load.ts'
import type { Scenario } from '../../scenario/scenario.ts'

const quickCount = 10

/**
 * The workloads that must be seen for scenarios of these names; all if there are none. One of the project's own may
 * start any of them.
 * @param scenarios of the project, at least those of its own
 * @throws UsageError `CHAOS_UNKNOWN_SCENARIO`
 */
export function workloadsOf(
  { workloads, file }: Project,
  scenarios: readonly LoadedScenario[],
  names: readonly string[],
): string[] {
  const known = Object.keys(workloads)
  const own = scenarios.map(({ scenario }) => scenario.name).filter((name) => !name.includes('/'))
  if (names.length === 0 || names.some((name) => own.includes(name))) return known
  const wanted = new Set(names.map((name) => name.split('/')[0] ?? name))
  for (const name of wanted) {
    if (known.includes(name)) continue
    const all = [...known, ...own]
    throw new UsageError(
      `${file} has no workload ${JSON.stringify(name)}, nor a scenario of this name`,
      didYouMean(name, all) ?? `There are: ${all.join(', ')}.`,
      'CHAOS_UNKNOWN_SCENARIO',
    )
  }
  return known.filter((name) => wanted.has(name))
}

/**
 * Those that are named, wholly or by their beginning: `order`, `order/kill-worker`, `order/kill-worker@start`. Without
 * a name all but those that run by name only.
 * @throws UsageError `CHAOS_UNKNOWN_SCENARIO` with the nearest name
 */
export function selectGeneric(all: readonly Scenario[], names: readonly string[]): Scenario[] {
  if (names.length === 0) return all.filter(({ suites }) => suites.length > 0)
  const known = all.map(({ name }) => name)
  // A whole name may be the beginning of another one: `timer-1` of `timer-10`.
  const isNamed = (scenario: Scenario, name: string) =>
    known.includes(name)
      ? scenario.name === name
      : scenario.name.startsWith(name.includes('/') ? name : `${name}/`)
  for (const name of names) {
    if (all.some((scenario) => isNamed(scenario, name))) continue
    throw unknownName(name, known, { what: 'scenario', code: 'CHAOS_UNKNOWN_SCENARIO' })
  }
  return all.filter((scenario) => names.some((name) => isNamed(scenario, name)))
}

/** The most telling ones: in turn one of each fault, each at another moment than the one before. */
export function quickest(all: readonly Scenario[]): Scenario[] {
  const byFault = [...Map.groupBy(all, ({ name }) => name.split('@')[0]).values()]
  // A moment within the work tells more than its begin, which comes first in each list.
  const lists = byFault.map(([begin, ...others]) => [...others, ...(begin === undefined ? [] : [begin])])
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  const inTurn = Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list, at) => (turn < list.length ? (list[(turn + at) % list.length] ?? []) : [])),
  )
  return inTurn.flat().slice(0, quickCount)
}
