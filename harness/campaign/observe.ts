// The look at everything when a run's story is over. Checks read what was seen here, and look at nothing themselves.
import type { RunClock } from '../clock.ts'
import { Deadline } from '../deadline.ts'
import { toChaosError } from '../errors.ts'
import { fetchHistory, type WorkflowRun } from '../record/history-capture.ts'
import { isClosing } from '../record/history-event.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { Resource } from '../record/timing.ts'
import type { Ground } from './ground.ts'

export interface Look {
  readonly ground: Ground
  readonly runs: readonly WorkflowRun[]
  readonly recorder: RunRecorder
  readonly resources: Resource[]
  readonly clock: RunClock
}

const lookWithinMs = 10_000

export async function observe({ ground, runs, recorder, resources, clock }: Look): Promise<void> {
  const signal = AbortSignal.any([ground.signal, ground.stack.health])
  const deadline = Deadline.after(lookWithinMs, signal)
  recorder.observe({ kind: 'resources', resources })
  for (const run of runs) {
    try {
      await deadline.race(observeWorkflow(ground, run, recorder, signal), {
        what: `the history of ${run.workflowId} at the run's end`,
        code: 'CHAOS_OBSERVATION_FAILED',
      })
    } catch (thrown) {
      ground.signal.throwIfAborted()
      // The death of server or database was already put on the timeline by the story that it ended.
      if (toChaosError(thrown).code !== 'CHAOS_SERVICE_DIED') recorder.error(thrown)
    }
  }
  recorder.observe({ kind: 'clock', errorMs: clock.errorMs() })
}

async function observeWorkflow(
  { observer, replayer }: Ground,
  run: WorkflowRun,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  const events = await fetchHistory(observer, run, signal)
  recorder.observe({ kind: 'history', ...run, events })
  recorder.observe({ kind: 'replay', ...run, error: await replayer.replay(run, events) })
  if (events.some(isClosing)) return
  // The stack is shared: what this run leaves open must not go on loading it.
  await observer.client.workflow.getHandle(run.workflowId, run.runId).terminate('the run is over')
}
