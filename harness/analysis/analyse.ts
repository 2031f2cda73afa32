// Everything that checks and reports derive from a record, computed once for each run.
import { entriesOf } from '../record/timeline.ts'
import type { RunRecord } from '../record/record.ts'
import type { Obligation } from '../result/campaign-result.ts'
import type { ProbeResult } from '../result/probe-result.ts'
import { alignedHistories, type AlignedHistory } from './aligned-history.ts'
import { effectCallsOf, type EffectCall } from './effect-calls.ts'
import { goldenComparisonOf, type GoldenComparison } from './golden/golden-run.ts'
import { failedAttemptsOf, type FailedAttempts } from './failed-attempts.ts'
import { machineOf, type Machine } from './machine.ts'
import { messagesOf, type Message } from './messages.ts'
import { obligationsOf, worstOf } from './obligations.ts'
import { outagesOf, type Outage } from './outages.ts'
import { probeResults } from './probes.ts'
import { sightingsOf, type Sighting } from './sightings.ts'
import { workflowChains, type WorkflowChain } from './workflow-chain.ts'

export interface RunAnalysis {
  readonly record: RunRecord
  /** The final history of every workflow run, aligned to the clock of the chaos run. */
  readonly histories: readonly AlignedHistory[]
  /** The workflows that the harness started, each with its whole chain of runs. */
  readonly chains: readonly WorkflowChain[]
  /** How the run's state compares with that of its golden run. */
  readonly golden: GoldenComparison
  /** The signals and updates that the scenario sent, with the service's answers. */
  readonly messages: readonly Message[]
  /** The calls that the ledger got, each with the activity that made it. */
  readonly effectCalls: readonly EffectCall[]
  /** One for every fault, in the order of injection. */
  readonly outages: readonly Outage[]
  /** Attempts that failed after a heal, before another fault. */
  readonly failedAttempts: readonly FailedAttempts[]
  /** The obligations of all workflows during each outage, with their recovery. */
  readonly obligations: readonly Obligation[]
  /** Index of the obligation that decides the recovery; null if there is none. */
  readonly worstObligation: number | null
  readonly probes: readonly ProbeResult[]
  /** What the machine was doing in any part of the run. */
  readonly machine: Machine
  /** When each incarnation of a worker was seen at work. */
  readonly sightings: readonly Sighting[]
  /** The time that the server skipped for all workflows; 0 if all time was real. */
  readonly skippedMs: number
  /** When the scenario ended, or its deadline if the record breaks off before. */
  readonly endedMs: number
  historyOf(runId: string): AlignedHistory | undefined
}

/** Pure: the same record gives the same analysis. */
export function analyse(record: RunRecord): RunAnalysis {
  const histories = alignedHistories(record)
  const byRun = new Map(histories.map((history) => [history.runId, history]))
  const messages = messagesOf(record)
  const outages = outagesOf(record)
  const failedAttempts = failedAttemptsOf({ record, histories, outages })
  const obligations = obligationsOf({ record, histories, messages, outages, failedAttempts })
  return {
    record,
    histories,
    chains: workflowChains(record),
    golden: goldenComparisonOf(record),
    messages,
    effectCalls: effectCallsOf(record, histories),
    outages,
    failedAttempts,
    obligations,
    worstObligation: worstOf(obligations),
    probes: probeResults(record),
    machine: machineOf(record.machine),
    sightings: sightingsOf(record, histories),
    skippedMs: histories.reduce((sum, history) => sum + history.skippedMs, 0),
    endedMs: entriesOf(record.timeline, 'ended').at(-1)?.atMs ?? record.header.deadlineMs,
    historyOf: (runId) => byRun.get(runId),
  }
}
