// A worker that ends by itself, or never comes to serve, is a failure of the system. It is none if somebody else killed the
// worker, or if nothing had been tested by then.
import type { RunAnalysis } from '../analysis/analyse.ts'
import { unmetErrors } from '../analysis/unmet-errors.ts'
import { entriesOf, type EntryOf, type TimelineEntry } from '../record/timeline.ts'
import type { Finding } from '../result/check-result.ts'
import { checkedIf, type Check } from './check.ts'

export const workersLive: Check = {
  name: 'workers-live',
  promise: 'No worker ends by itself, and every worker that is started comes to serve.',
  judge(analysis) {
    const { timeline } = analysis.record
    const started = entriesOf(timeline, 'incarnation')
    const found = [...deaths(analysis), ...neverReady(timeline)]
    return checkedIf(started, found, 'no worker was started')
  },
}

/** A process does not send these to itself: an operator does, an orchestrator, or the kernel if memory runs out. */
const fromOutside = new Map([
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGKILL', 9],
  ['SIGTERM', 15],
])

function deaths({ record: { timeline }, endedMs }: RunAnalysis): Finding[] {
  const reports = unmetErrors(timeline, 'workers-live').filter(({ code }) => code === 'CHAOS_WORKER_DIED')
  const exits = entriesOf(timeline, 'exited').filter(({ planned, atMs }) => !planned && atMs <= endedMs)
  const ofExits = exits.map((exited) => {
    const report = reports.find(({ subject }) => subject === exited.identity)
    const signal = outsideSignal(exited)
    const log = report === undefined ? '' : report.message.replace(/^[^\n]*/, '')
    const message = `worker ${exited.identity} ${endOf(exited, signal)}${log}`
    const isOfSystem = signal === undefined && hadBegun(exited, timeline)
    return finding(isOfSystem ? 'liveness' : 'harness', 'CHAOS_WORKER_DIED', { message, hint: report?.hint })
  })
  const withoutExit = reports.filter(({ subject }) => !exits.some(({ identity }) => identity === subject))
  return [...ofExits, ...withoutExit.map((report) => finding('liveness', 'CHAOS_WORKER_DIED', report))]
}

/** Undefined if it ended by itself. A launch script reports the signal of its child as 128 plus the signal's number. */
function outsideSignal({ exit: { code, signal } }: EntryOf<'exited'>): string | undefined {
  if (signal !== null) return fromOutside.has(signal) ? signal : undefined
  return [...fromOutside].find(([, number]) => code === 128 + number)?.[0]
}

function endOf({ exit }: EntryOf<'exited'>, outside: string | undefined): string {
  if (outside !== undefined) return `was ended by ${outside}, which the harness did not send`
  return `ended by itself: ${exit.signal ?? `exit code ${exit.code ?? '?'}`}`
}

/** Whether the system's promise was at stake: the worker had served, or it was to take over after a fault. */
function hadBegun(
  { identity, atMs }: { readonly identity: string; readonly atMs: number },
  timeline: readonly TimelineEntry[],
): boolean {
  const served = entriesOf(timeline, 'incarnation').some(
    (one) => one.identity === identity && one.phase === 'ready',
  )
  return served || entriesOf(timeline, 'fault').some((fault) => fault.atMs < atMs)
}

/** A first start that takes longer than the run may leaves the claim untested. After a fault, it is a late recovery. */
function neverReady(timeline: readonly TimelineEntry[]): Finding[] {
  return unmetErrors(timeline, 'workers-live')
    .filter(({ code }) => code === 'CHAOS_WORKER_NOT_READY')
    .map((error) => {
      const begun = hadBegun({ identity: error.subject ?? '', atMs: error.atMs }, timeline)
      return finding(begun ? 'liveness' : 'assumption', 'CHAOS_WORKER_NOT_READY', error)
    })
}

function finding(
  kind: Finding['kind'],
  code: string,
  { message, hint }: { readonly message: string; readonly hint?: string | undefined },
): Finding {
  // The run ends here, so claims that come later in the scenario are not tested because of it.
  return { kind, code, message, ...(hint === undefined ? {} : { hint }), endsRun: true }
}
