// A timer's own length cannot tell whether it is right: a workflow that sleeps half as long as it should starts a timer
// of that half. So the workload names the lengths, and the histories must have them.
import { formatDuration } from '../core/duration.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import { spansOf } from '../history/span.ts'
import type { WorkflowChain } from '../analysis/workflow-chain.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const timers: Check = {
  name: 'timers',
  promise: 'Every timer that its workload names fires, with its full length.',
  about: ['timers'],
  judge({ chains }) {
    const declared = chains.filter(
      ({ golden, closing }) =>
        golden.timersMs !== undefined && closing?.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
    )
    const why = chains.some(({ golden }) => golden.timersMs !== undefined)
      ? 'no workflow whose timers are named has completed'
      : 'no workload names timers'
    return checkedIf(declared, findings('safety', declared.flatMap(missing)), why)
  },
}

function missing({ workflowId, golden: { timersMs = [] }, histories }: WorkflowChain): string[] {
  const fired = histories
    .flatMap(spansOf)
    .filter(({ closed }) => closed?.eventType === 'EVENT_TYPE_TIMER_FIRED')
    .map(({ opened }) => durationAttributeMs(opened, 'startToFireTimeout'))
  const wanted = Map.groupBy(timersMs, (ms) => ms)
  return [...wanted].flatMap(([ms, { length: times }]) => {
    const seen = fired.filter((one) => one === ms).length
    if (seen >= times) return []
    const others = fired.filter((one) => !wanted.has(one)).map(formatDuration)
    const instead = others.length === 0 ? 'no other timer fired' : `timers of ${shortened(others)} fired`
    return [
      `${workflowId} completed without a timer that it must wait for: ${times} of ${formatDuration(ms)} expected, ${seen} fired; ${instead}`,
    ]
  })
}

const shown = 5

function shortened(texts: readonly string[]): string {
  const more = texts.length - shown
  return [...texts.slice(0, shown), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}
