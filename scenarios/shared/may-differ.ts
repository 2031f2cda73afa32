// What may differ between a run and its golden run by the nature of a workflow or a race.
import type { MayDiffer } from 'temporal-chaos'

const ticks = 'its timer loop goes round for as long as the work takes'

/** Of scenarios that start a pipeline. */
export const pipelineMayDiffer: readonly MayDiffer[] = [
  { part: 'queries', workflow: 'pipeline', what: 'progress.ticks', why: ticks },
  { part: 'events', workflow: 'pipeline', what: 'Timer', why: ticks },
  {
    part: 'children',
    workflow: 'pipeline',
    what: 'result of',
    why: 'a receipt says whether the ledger had the effect already, as it has after a lost answer',
  },
]

/** Of an approval whose last decision and timeout race. @param when the choices that make it a race */
export function raceMayDiffer(when: MayDiffer['when']): MayDiffer[] {
  const why =
    'the decision and the timeout race with each other, and without a fault the worker takes each at once'
  return (['outcome', 'queries', 'effects', 'events'] as const).map((part) => ({ part, when, why }))
}
