// Compares the state that a run came to with that of its golden run, part by part.
import { isDeepStrictEqual } from 'node:util'
import {
  goldenParts,
  type ComparableState,
  type ComparableWorkflow,
  type Facts,
  type GoldenPart,
  type MayDiffer,
} from '../../record/golden.ts'
import { queryOf } from './query-facts.ts'

export interface Difference {
  /** The workflow's id in the run; its name in the golden run if the run has no such workflow. */
  readonly workflow: string
  readonly label: string
  /** In the golden run; undefined if it has no such fact. */
  readonly expected: readonly unknown[] | undefined
  readonly seen: readonly unknown[] | undefined
}

export interface ComparedPart {
  readonly part: GoldenPart
  /** How many workflows had something to compare. */
  readonly compared: number
  readonly differences: readonly Difference[]
  /** Why workflows, or some of their facts, were left out, as parts of a sentence. */
  readonly leftOut: readonly string[]
}

export interface ComparedRun {
  readonly golden: ComparableState
  readonly seen: ComparableState
  /** What else may differ in this run. */
  readonly mayDiffer: readonly MayDiffer[]
  /** Whether the scenario came to its end: then every workflow of the golden run must be there. */
  readonly isWhole: boolean
}

/** One for each part, in their order. */
export function compareStates(run: ComparedRun): ComparedPart[] {
  const pairs = pairsOf(run)
  return goldenParts.map((part) => {
    const results = pairs.map((pair) => compareWorkflow(part, pair, run))
    return {
      part,
      compared: results.filter(({ isCompared }) => isCompared).length,
      differences: results.flatMap(({ differences }) => differences),
      leftOut: [...new Set(results.flatMap(({ leftOut }) => leftOut))],
    }
  })
}

interface Pair {
  readonly name: string
  readonly golden: ComparableWorkflow | undefined
  readonly seen: ComparableWorkflow | undefined
}

function pairsOf({ golden, seen }: ComparedRun): Pair[] {
  const inGolden = new Map(golden.workflows.map((one) => [one.name, one]))
  const inRun = new Map(seen.workflows.map((one) => [one.name, one]))
  return [...new Set([...inGolden.keys(), ...inRun.keys()])].map((name) => ({
    name,
    golden: inGolden.get(name),
    seen: inRun.get(name),
  }))
}

interface Compared {
  readonly isCompared: boolean
  readonly differences: readonly Difference[]
  readonly leftOut: readonly string[]
}

const nothing: Compared = { isCompared: false, differences: [], leftOut: [] }

function compareWorkflow(part: GoldenPart, { name, golden, seen }: Pair, run: ComparedRun): Compared {
  const rules = run.mayDiffer.filter((rule) => isAbout(rule, part, (golden ?? seen)?.workflow))
  const whole = rules.find(({ what }) => what === undefined)
  if (whole !== undefined) return leftOut(`${part} of ${name}: ${whole.why}`)
  if (golden === undefined || seen === undefined) return missing(part, { name, golden, seen }, run)
  if (golden.unknown !== null) return leftOut(`${name} in the golden run: ${golden.unknown}`)
  if (seen.unknown !== null) return leftOut(`${name}: ${seen.unknown}`)
  const [expected, facts] = [golden.parts[part], seen.parts[part]]
  if (expected === undefined || facts === undefined) return leftOut(`${part} of ${name} cannot be read`)
  const labels = [...new Set([...Object.keys(expected), ...Object.keys(facts)])]
  const ruleFor = (label: string) => rules.find(({ what }) => label.startsWith(what ?? ''))
  const unanswered = part === 'queries' ? unansweredIn(expected, facts) : []
  const isAnswered = (label: string) => part !== 'queries' || !unanswered.includes(queryOf(label))
  const free = [
    ...labels.flatMap((label) => ruleFor(label)?.why ?? []),
    ...unanswered.map((query) => `${query} was not answered once the workflow was closed`),
  ]
  const bound = labels.filter((label) => ruleFor(label) === undefined && isAnswered(label))
  return {
    // That nothing is pending is a fact, too.
    isCompared: bound.length > 0 || (part === 'pending work' && free.length === 0),
    differences: bound
      .filter((label) => !isDeepStrictEqual(expected[label], facts[label]))
      .map((label) => ({ workflow: seen.workflowId, label, expected: expected[label], seen: facts[label] })),
    leftOut: free.map((why) => `${part} of ${name}: ${why}`),
  }
}

/** Queries that only one of the two has answers to. */
function unansweredIn(expected: Facts, seen: Facts): string[] {
  const queriesIn = (facts: Facts) => new Set(Object.keys(facts).map(queryOf))
  const [inGolden, inRun] = [queriesIn(expected), queriesIn(seen)]
  return [...new Set([...inGolden, ...inRun])].filter((query) => !inGolden.has(query) || !inRun.has(query))
}

function isAbout({ part, workflow }: MayDiffer, of: GoldenPart, type: string | undefined): boolean {
  return part === of && (workflow === undefined || workflow === type)
}

/** A workflow that only one of the two has is told once, as a part of the chain. */
function missing(part: GoldenPart, { name, golden, seen }: Pair, { isWhole }: ComparedRun): Compared {
  if (golden !== undefined && !isWhole)
    return leftOut(`${name} was not started: the scenario did not come to its end`)
  if (part !== 'chain') return nothing
  const [expected, there] = [golden, seen].map((one) => (one === undefined ? undefined : ['started']))
  return {
    isCompared: true,
    differences: [{ workflow: seen?.workflowId ?? name, label: 'workflow', expected, seen: there }],
    leftOut: [],
  }
}

function leftOut(why: string): Compared {
  return { ...nothing, leftOut: [why] }
}
