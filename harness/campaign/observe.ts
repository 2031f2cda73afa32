// The look at everything when a run's scenario is over. Checks read what was seen here, and look at nothing themselves.
import { WorkflowNotFoundError } from '@temporalio/common'
import type { RunClock } from '../core/clock.ts'
import { Deadline } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import { fetchHistory } from '../temporal/history-capture.ts'
import { startedBy } from '../history/chain.ts'
import { isClosing, type HistoryEvent } from '../history/event.ts'
import { retryThroughOutage } from '../temporal/observer.ts'
import type { RunRecorder } from '../record/recorder.ts'
import { panicsIn } from '../cluster/service/panics.ts'
import type { ReplayedHistory } from '../worker/replay/replayer.ts'
import type { RunEnvironment } from './run-environment.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { Resource } from '../record/resource.ts'

export interface Look {
  readonly environment: RunEnvironment
  readonly runs: readonly WorkflowRun[]
  readonly recorder: RunRecorder
  readonly resources: Resource[]
  readonly clock: RunClock
}

const lookWithinMs = 30_000

export async function observe({ environment, runs, recorder, resources, clock }: Look): Promise<void> {
  const { health } = environment.slot.cluster
  const interrupted = environment.campaign.signal
  const signal = AbortSignal.any([interrupted, health])
  const deadline = Deadline.after(lookWithinMs, signal)
  recorder.observe({ kind: 'resources', resources })
  /** What cannot be looked at must not hide the rest. */
  async function attempt(look: () => Promise<void>): Promise<void> {
    try {
      await look()
    } catch (thrown) {
      interrupted.throwIfAborted()
      // The death of server or database is told once, below.
      if (thrown !== health.reason) recorder.error(thrown)
    }
  }
  const seen = [...runs]
  const histories: ReplayedHistory[] = []
  for (const run of seen) {
    await attempt(async () => {
      const events = await observeWorkflow(environment, run, recorder, deadline)
      histories.push({ run: { workflowId: run.workflowId, runId: run.runId }, events })
      for (const event of events) {
        const next = startedBy(run, event)
        if (next === undefined || seen.some(({ runId }) => runId === next.runId)) continue
        // It began after the capture had ended.
        const { workflow = '', ...begun } = next
        recorder.mark({ kind: 'workflow', ...begun, workflow, fromRunId: run.runId, golden: null })
        seen.push(next)
      }
    })
  }
  await attempt(() => observeReplays(environment, histories, recorder, deadline))
  await attempt(() => observePanics(environment, recorder, clock))
  // The scenario that it ended has told it; no scenario tells of a death after its end, or beside another error.
  if (health.aborted) recorder.errorOnce(health.reason)
  recorder.observe({ kind: 'clock', errorMs: clock.errorMs() })
}

async function observeReplays(
  { tools }: RunEnvironment,
  histories: readonly ReplayedHistory[],
  recorder: RunRecorder,
  deadline: Deadline,
): Promise<void> {
  for (const outcome of await tools.replayer.replay(histories, deadline)) {
    const run = histories.find((one) => one.run.runId === outcome.runId)?.run
    if (run === undefined) continue
    if ('error' in outcome) recorder.observe({ kind: 'replay', ...run, error: outcome.error })
    else {
      const message = `the history of ${run.workflowId} could not be replayed: ${outcome.unavailable}`
      recorder.error(new ChaosError(message, { code: 'CHAOS_REPLAY_UNAVAILABLE' }))
    }
  }
}

/**
 * What the server has panicked of since the run began, whichever run of the cluster brought it about: of a panic that it
 * recovered from, only its log tells. Also of a server that has died, as far as its log can still be had.
 */
async function observePanics(
  { campaign, slot }: RunEnvironment,
  recorder: RunRecorder,
  { wallAtZeroMs }: RunClock,
): Promise<void> {
  const log = await Deadline.after(lookWithinMs, campaign.signal).race(
    slot.cluster.serverLogSince(wallAtZeroMs),
    {
      what: "the Temporal server's log",
      code: 'CHAOS_LOG_UNREADABLE',
    },
  )
  for (const panic of panicsIn(log, wallAtZeroMs))
    recorder.observe({ kind: 'panic', service: 'temporal-server', ...panic })
}

/** Every wait in here ends with the deadline by itself, so that nothing of it goes on and writes once the look is over. */
async function observeWorkflow(
  { slot: { observer } }: RunEnvironment,
  run: WorkflowRun,
  recorder: RunRecorder,
  deadline: Deadline,
): Promise<HistoryEvent[]> {
  const { workflowId, runId } = run
  const events = await retryThroughOutage(
    observer,
    deadline,
    `the history of ${workflowId} at the run's end`,
    (within) => fetchHistory(observer, run, within),
  )
  recorder.observe({ kind: 'history', workflowId, runId, events })
  if (events.some(isClosing)) return events
  // The cluster is shared: what this run leaves open must not go on loading it.
  const handle = observer.client.workflow.getHandle(workflowId, runId)
  try {
    await retryThroughOutage(observer, deadline, `the end of ${workflowId}`, () =>
      handle.terminate('the run is over'),
    )
  } catch (thrown) {
    // It closed by itself meanwhile, or by the try whose answer was lost.
    if (!(thrown instanceof WorkflowNotFoundError)) throw thrown
  }
  return events
}
