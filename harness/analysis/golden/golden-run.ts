// A run, compared with the golden run that its record holds.
import { comparableStateVersion, type MayDiffer } from '../../record/golden.ts'
import { observationsOf, whyUnavailable, type RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import { compareStates, type ComparedPart } from './compare.ts'
import { comparableStateOf } from './project.ts'

export type GoldenComparison =
  | { readonly kind: 'compared'; readonly parts: readonly ComparedPart[] }
  /** The reason is part of a sentence. */
  | { readonly kind: 'none'; readonly why: string }

export function goldenComparisonOf(record: RunRecord): GoldenComparison {
  const [reference] = observationsOf(record, 'golden')
  if (reference === undefined) {
    return none(whyUnavailable(record, 'golden') ?? 'the run was made without a golden run (--golden)')
  }
  const { version } = reference.state
  if (version !== comparableStateVersion) {
    return none(
      `the golden run's state is of version ${version}, and this harness compares version ${comparableStateVersion}`,
    )
  }
  const { timeline } = record
  const isWhole = entriesOf(timeline, 'error').length === 0 && entriesOf(timeline, 'ended').length > 0
  const seen = comparableStateOf(record)
  const mayDiffer = mayDifferIn(record)
  return {
    kind: 'compared',
    parts: compareStates({ golden: reference.state, seen, mayDiffer, isWhole }),
  }
}

/** What the scenario says that may differ, if it made these choices. */
function mayDifferIn({ header, timeline }: RunRecord): MayDiffer[] {
  const made = new Map(entriesOf(timeline, 'choice').map(({ name, value }) => [name, value]))
  return (header.mayDiffer ?? []).filter(({ when = {} }) =>
    Object.entries(when).every(([name, value]) => made.get(name) === value),
  )
}

function none(why: string): GoldenComparison {
  return { kind: 'none', why }
}
