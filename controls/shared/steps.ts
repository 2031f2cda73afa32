// Steps that many controls begin with.
import {
  timerStarted,
  type Fault,
  type HistoryMoment,
  type Moment,
  type ScenarioContext,
  type ScenarioWorkflow,
} from 'temporal-chaos'
import { durableDemo } from '../../workflows/workloads.ts'

/** A budget that a busy machine keeps too, for controls that are not about time. */
export const patientMs = 20_000

/** Starts the demonstration with a sleep of 2 s and waits until its timer runs. */
export async function asleep({ start, reach }: ScenarioContext): Promise<ScenarioWorkflow> {
  const demo = await start(durableDemo, { sleepMs: 2_000 })
  await reach(timerStarted(demo))
  return demo
}

/**
 * Kills the worker at a moment of the work, and lets the next one finish it.
 * @param moment by default, the work's timer runs
 */
export async function outlivesKill(
  { worker, reach }: ScenarioContext,
  work: ScenarioWorkflow,
  moment: Moment = timerStarted(work),
): Promise<void> {
  await reach(moment)
  await worker.kill()
  await worker.restart()
  await work.completes()
}

/** The worker of the demonstration dies during a sleep of 2 s, and another one takes over. */
export async function workerDies(run: ScenarioContext): Promise<void> {
  await outlivesKill(run, await run.start(durableDemo, { sleepMs: 2_000 }))
}

/** Workflow code has run for the first time, so that whatever the workflow waits for is set up. */
export function firstTaskDone({ workflowId, runId }: ScenarioWorkflow): HistoryMoment {
  return {
    source: 'history',
    name: `the first workflow task of ${workflowId} to be completed`,
    run: { workflowId, runId },
    lasting: false,
    find: (events) => events.find(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED'),
  }
}

/** Claims to kill the worker, shows this evidence, and does nothing. */
export function pretendedKill(run: ScenarioContext, evidence: Record<string, string>): Fault {
  return ownFault(run, { kind: 'kill-worker', effect: 'dead', inject: async () => evidence })
}

/** A fault of the scenario's own, of the newest worker unless it says otherwise. */
export function ownFault(
  run: ScenarioContext,
  fault: Pick<Fault, 'kind' | 'effect' | 'inject'> & Partial<Fault>,
): Fault {
  const target = { kind: 'worker', name: run.worker.handle.current.label } as const
  return { target, available: () => null, heal: async () => {}, ...fault }
}

/** Really freezes the worker, by signals of the scenario's own. */
export function ownFreeze(run: ScenarioContext): Fault {
  const { pid } = run.worker.handle.current.process
  return ownFault(run, {
    kind: 'freeze-worker',
    effect: 'frozen',
    async inject() {
      process.kill(pid, 'SIGSTOP')
      return { pid, signal: 'SIGSTOP' }
    },
    heal: async () => void process.kill(pid, 'SIGCONT'),
  })
}
