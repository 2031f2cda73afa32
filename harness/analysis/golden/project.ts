// Projects a record to a state that can be compared with another run's: workflow by workflow, over the whole
// chain and all children, without what always differs between runs (differences.ts).
import { memoOf, searchAttributesOf, type PayloadData } from '../../history/attributes.ts'
import type { ClosingPayload } from '../../history/closing-payload.ts'
import { eventName, isClosing, type HistoryEvent } from '../../history/event.ts'
import { spansOf } from '../../history/span.ts'
import {
  comparableStateVersion,
  type ComparableState,
  type ComparableWorkflow,
  type Facts,
} from '../../record/golden.ts'
import { serverZeroMs } from '../../record/header.ts'
import { finalHistory, type RunRecord } from '../../record/record.ts'
import type { EntryOf } from '../../record/timeline.ts'
import { virtualClockOf } from '../../history/virtual-time.ts'
import { descendantsOf, payloadOf, runsFrom, workflowChains, type WorkflowChain } from '../workflow-chain.ts'
import { normaliserFor, type Normalise } from './differences.ts'
import { effectFacts } from './effect-facts.ts'
import { eventLabels } from './event-facts.ts'
import { countsOf, factsOf, type Fact } from './facts.ts'
import { queryFacts } from './query-facts.ts'

/** Pure: the same record gives the same state. The workflows that the harness probes with are left out. */
export function comparableStateOf(record: RunRecord): ComparableState {
  const chains = workflowChains(record).filter(({ root }) => root.origin === 'scenario')
  const counts = new Map<string, number>()
  const named = chains.map((chain) => {
    const { workflow } = chain.root
    const nth = (counts.get(workflow) ?? 0) + 1
    counts.set(workflow, nth)
    return { chain, name: nameOf(chain) ?? `${workflow}-${nth}` }
  })
  const normalise = normaliserFor(record, runQueueOf(chains))
  const effects = effectFacts(record, normalise)
  const workflows = named.map(({ chain, name }) => {
    const own = factsOf(effects.get(chain.root.runId) ?? [])
    return workflowState(chain, name, { record, normalise, effects: own })
  })
  return { version: comparableStateVersion, workflows: workflows.toSorted(byName) }
}

/** The harness numbers workflows of one type as the scenario asks for them: the last part of their ids. */
function nameOf({ workflowId, root }: WorkflowChain): string | null {
  const number = /-(\d+)$/.exec(workflowId)?.[1]
  return number !== undefined && workflowId.endsWith(`-${root.workflow}-${number}`)
    ? `${root.workflow}-${number}`
    : null
}

function runQueueOf(chains: readonly WorkflowChain[]): string | null {
  const [queue] = chains.flatMap((chain) => {
    const name = nameOf(chain)
    return name === null ? [] : [chain.workflowId.slice(0, -name.length - 1)]
  })
  return queue ?? null
}

function byName({ name: one }: ComparableWorkflow, { name: other }: ComparableWorkflow): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

interface Projecting {
  readonly record: RunRecord
  readonly normalise: Normalise
  readonly effects: Facts
}

function workflowState(chain: WorkflowChain, name: string, projecting: Projecting): ComparableWorkflow {
  const { root, histories, closing, isOver, workflowId } = chain
  const { record, normalise, effects } = projecting
  const base = { name, workflow: root.workflow, workflowId }
  const isRead = histories.every((events) => events.length > 0)
  if (!isRead) return { ...base, unknown: 'its history could not be read', parts: {} }
  if (closing === undefined || !isOver) return { ...base, unknown: 'it was open at the end', parts: {} }
  const last = histories.at(-1) ?? []
  const runs = [root, ...descendantsOf(root.runId, record)]
  const children = runs.filter(({ origin }) => origin === 'child')
  const all = runs.map(({ workflow, runId }) => ({ workflow, events: finalHistory(record, runId) }))
  const closedMs = virtualClockOf(last).wallMs(closing) - serverZeroMs(record.header) + marginMs
  const answers = queryFacts(record, workflowId, closedMs, normalise)
  return {
    ...base,
    unknown: null,
    parts: {
      outcome: factsOf(outcomeFacts(chain, normalise)),
      queries: factsOf(answers),
      memo: factsOf(payloadFacts(memoOf(last), normalise)),
      'search attributes': factsOf(payloadFacts(searchAttributesOf(last), normalise)),
      'pending work': countsOf(all.flatMap(leftOpen)),
      effects,
      events: countsOf(all.flatMap(({ workflow, events }) => eventLabels(workflow, events))),
      chain: factsOf(histories.map((events, at): Fact => [`run ${at + 1}`, endOf(events)])),
      children: factsOf(children.flatMap((child) => childFacts(child, record, normalise))),
    },
  }
}

/** Server and harness place an event within this of each other. */
const marginMs = 100

/** Of a payload that cannot be read only that there is one. */
function outcomeFacts({ closing, closingPayload: payload }: WorkflowChain, normalise: Normalise): Fact[] {
  if (closing === undefined) return []
  const status: Fact = ['status', eventName(closing)]
  if (payload === undefined) return [status]
  if (payload.kind === 'unreadable') return [status, ['payload', '<encoded>']]
  return [status, [payload.kind, normalise(saidBy(payload))] satisfies Fact]
}

function saidBy(payload: Exclude<ClosingPayload, { kind: 'unreadable' }>): unknown {
  return payload.kind === 'result' ? payload.value : payload.message
}

function payloadFacts(data: PayloadData, normalise: Normalise): Fact[] {
  return Object.entries(data).map(([key, base64]) => [key, normalise(decoded(base64))])
}

function decoded(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString()) as unknown
  } catch {
    return '<encoded>' // a converter of the worker's own may encode the same value differently each time
  }
}

/** What a closed run never waited for. A timer that did not fire may be one that a wait did not need. */
function leftOpen({ workflow, events }: { workflow: string; events: readonly HistoryEvent[] }): string[] {
  return spansOf(events)
    .filter(({ kind, closed }) => closed === undefined && (kind === 'activity' || kind === 'child-workflow'))
    .flatMap(({ opened }) => eventLabels(workflow, [opened]))
}

function childFacts(child: EntryOf<'workflow'>, record: RunRecord, normalise: Normalise): Fact[] {
  const id = `${child.workflow} ${String(normalise(child.workflowId))}`
  const runs = runsFrom(child.runId, record)
  const last = runs.at(-1)
  const closing = last?.events.find(isClosing)
  const end: Fact = [id, runs.map(({ events }) => endOf(events)).join(', ')]
  if (last === undefined || closing === undefined) return [end]
  const payload = payloadOf(last.runId, closing, record)
  if (payload === undefined || payload.kind === 'unreadable') return [end]
  return [end, [`result of ${id}`, normalise(saidBy(payload) ?? null)]]
}

function endOf(events: readonly HistoryEvent[]): string {
  const closing = events.find(isClosing)
  return closing === undefined ? 'open' : eventName(closing)
}
