// What a workflow once answered to a query must hold after a fault too: its state comes from its history alone. So no
// answer goes back, and as long as no workflow task ran, the answer stays the same.
import { isDeepStrictEqual } from 'node:util'
import type { AlignedHistory } from '../analysis/aligned-history.ts'
import type { RunAnalysis } from '../analysis/analyse.ts'
import type { WorkflowChain } from '../analysis/workflow-chain.ts'
import { isClosing } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf, type EntryOf } from '../record/timeline.ts'
import { checkedIf, findings, type Check } from './check.ts'
import { undeclaredStage, wentBack } from './went-back.ts'

type Asked = EntryOf<'queried'>

export const queries: Check = {
  name: 'queries',
  promise: 'No answer to a query goes back, and the last one is that of a run without faults.',
  about: ['queries'],
  judge(analysis) {
    const { record, chains } = analysis
    const answers = entriesOf(record.timeline, 'queried').filter(({ outcome }) => outcome !== 'unanswered')
    const asked = answers.filter(isReadable)
    const series = Map.groupBy(asked, ({ runId, query }) => `${runId} ${query}`)
    const found = [...series.values()].flatMap((answers) => backwards(answers, analysis))
    const last = chains.flatMap((chain) => wrongAtTheEnd(chain, asked, analysis))
    return checkedIf(asked, findings('safety', [...found, ...last]), whyNone(answers))
  },
}

function isReadable({ outcome, why }: Asked): boolean {
  return outcome !== 'answered' || why === undefined
}

function whyNone([first]: readonly Asked[]): string {
  return first === undefined ? 'no query was answered' : `${told(first)}: ${first.why ?? ''}`
}

function backwards(series: readonly Asked[], analysis: RunAnalysis): string[] {
  const inOrder = series.toSorted((a, b) => a.askedMs - b.askedMs)
  const [first] = inOrder
  if (first === undefined) return []
  const rule = ruleOf(first, analysis.record)
  const found = inOrder.flatMap((later, index) => {
    const strange = rule === undefined ? undefined : undeclaredStage(rule, later.answer)
    if (strange !== undefined) return [`${told(later)} was answered at ${at(later)}: ${strange}`]
    const earlier = inOrder
      .slice(0, index)
      .findLast(({ outcome, atMs }) => outcome === 'answered' && atMs <= later.askedMs)
    if (earlier === undefined) return []
    if (later.outcome === 'refused') {
      return [
        `${told(later)} was refused at ${at(later)} (${later.why ?? ''}), after it had been answered at ${at(earlier)}`,
      ]
    }
    const back = rule === undefined ? undefined : wentBack(rule, earlier.answer, later.answer)
    if (back !== undefined)
      return [`${told(later)} went back: ${back}, answered at ${at(earlier)} and at ${at(later)}`]
    return differs(earlier, later, analysis.historyOf(later.runId))
  })
  // One that went back once is compared with its new value from then on; the first step back says enough.
  return found.slice(0, 1)
}

/** Server and harness place an event within this of each other. */
const marginMs = 100

/** Two answers that differ although workflow code did not run between them. */
function differs(earlier: Asked, later: Asked, history: AlignedHistory | undefined): string[] {
  if (history === undefined || history.events.length === 0) return []
  if (isDeepStrictEqual(earlier.answer, later.answer)) return []
  const between = history.events.some((event) => {
    const atMs = history.at(event)
    return atMs > earlier.askedMs - marginMs && atMs < later.atMs + marginMs
  })
  if (between) return []
  return [
    `${told(later)} changed from ${JSON.stringify(earlier.answer)} at ${at(earlier)} to ${JSON.stringify(later.answer)} at ${at(later)}, and no event came between them`,
  ]
}

function wrongAtTheEnd(chain: WorkflowChain, asked: readonly Asked[], { historyOf }: RunAnalysis): string[] {
  const { golden, closing, root, workflowId } = chain
  if (closing?.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED') return []
  return Object.entries(golden.answers ?? {}).flatMap(([query, expected]) => {
    const last = asked.findLast((one) => one.workflowId === workflowId && one.query === query)
    if (last === undefined || last.outcome !== 'answered' || last.atMs < root.atMs) return []
    const history = historyOf(last.runId)
    const end = history?.events.find(isClosing)
    if (history === undefined || end !== closing || last.askedMs < history.at(end) + marginMs) return []
    if (isDeepStrictEqual(last.answer, expected)) return []
    return [
      `${told(last)} answered ${JSON.stringify(last.answer)} at the end (${at(last)}), not ${JSON.stringify(expected)} as without faults`,
    ]
  })
}

function ruleOf({ workflowId, query }: Asked, { timeline }: RunRecord) {
  return entriesOf(timeline, 'queries-declared').find((one) => one.workflowId === workflowId)?.rules[query]
}

function told({ query, workflowId, runId }: Asked): string {
  return `query ${query} of ${workflowId} (run ${runId})`
}

function at({ atMs }: Asked): string {
  return `${(atMs / 1_000).toFixed(2)} s`
}
