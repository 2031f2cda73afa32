// Probes: how long a client waits right after the heal. They use their own waiting workflows, because probing
// the scenario's workflows would speed up their recovery: even a query frees a workflow's sticky queue.
import type { Deadline } from '../core/deadline.ts'
import { ChaosError, messageOf, toChaosError } from '../core/errors.ts'
import type { ProbeKind } from '../record/probe-kind.ts'
import type { RunRecorder } from '../record/recorder.ts'
import { consumedBy } from '../history/consumed-by.ts'
import { nudge, ping, poke, release } from '../core/probe-contract.ts'
import { probeTarget, probeWork } from './probe-workloads.ts'
import type { Step, ScenarioWorkflow } from './context.ts'
import { completed } from './workload.ts'
import type { Workflows } from './workflows.ts'

export interface ProbesOptions {
  readonly workflows: Workflows
  readonly recorder: RunRecorder
  readonly deadline: Deadline
}

interface ProbeTargets {
  /** One workflow for each kind of probe, since the first request frees the sticky queue for the next. */
  readonly queried: ScenarioWorkflow
  readonly nudged: ScenarioWorkflow
  readonly poked: ScenarioWorkflow
}

/** Probes are not steps of the scenario. */
const quietly: Step = (_name, work) => work()

export class Probes {
  readonly #options: ProbesOptions
  readonly #probeTargets: ProbeTargets
  readonly #rounds: Promise<unknown>[] = []
  #failed: Error | undefined
  #nudges = 0
  #pokes = 0

  private constructor(options: ProbesOptions, probeTargets: ProbeTargets) {
    this.#options = options
    this.#probeTargets = probeTargets
  }

  /** Starts the probe targets, and runs one probeWork to its end for the baseline figures. */
  static async open(options: ProbesOptions): Promise<Probes> {
    const start = () => options.workflows.start(probeTarget, {}, quietly, { origin: 'probe' })
    const [queried, nudged, poked] = await Promise.all([start(), start(), start(), newWorkflow(options)])
    // Now the worker has them in its cache, and the server offers their tasks to this worker alone.
    await Promise.all([queried, nudged, poked].map((one) => firstTaskDone(options, one)))
    return new Probes(options, { queried, nudged, poked })
  }

  /**
   * Sends all probes at once. Resolves once all are answered, or once one failed; never rejects.
   * @param faultIndex number of the newest fault
   */
  async ask(faultIndex: number): Promise<void> {
    const { queried, nudged, poked } = this.#probeTargets
    const asking = [
      this.#probe(faultIndex, 'query', queried, () => queried.query(ping)),
      this.#probe(faultIndex, 'update', nudged, async () => {
        await nudged.update(nudge)
        this.#nudges += 1
      }),
      this.#probe(faultIndex, 'signal', poked, async () => {
        await poked.signal(poke)
        await this.#consumed(poked, (this.#pokes += 1))
      }),
      this.#probe(faultIndex, 'new-workflow', poked, () => newWorkflow(this.#options)),
    ]
    const round = Promise.all(asking).catch((thrown: unknown) => (this.#failed ??= toChaosError(thrown)))
    this.#rounds.push(round)
    await round
  }

  /**
   * Waits for all answers, then ends the probe targets. @throws ChaosError `CHAOS_PROBE_UNANSWERED` (kind
   * unmet)
   */
  async finish(): Promise<void> {
    await Promise.all(this.#rounds)
    if (this.#failed !== undefined) throw this.#failed
    const { queried, nudged, poked } = this.#probeTargets
    await Promise.all([queried, nudged, poked].map((one) => one.signal(release)))
    await queried.completes(completed({ nudges: 0, pokes: 0 }))
    await nudged.completes(completed({ nudges: this.#nudges, pokes: 0 }))
    await poked.completes(completed({ nudges: 0, pokes: this.#pokes }))
  }

  async #probe(
    faultIndex: number,
    probe: ProbeKind,
    { workflowId, runId }: ScenarioWorkflow,
    ask: () => Promise<unknown>,
  ): Promise<void> {
    const { recorder, deadline } = this.#options
    const askedMs = recorder.nowMs
    try {
      await ask()
    } catch (thrown) {
      deadline.signal.throwIfAborted()
      throw new ChaosError(`the ${probe} after the heal was not answered: ${messageOf(thrown)}`, {
        code: 'CHAOS_PROBE_UNANSWERED',
        kind: 'unmet',
        cause: thrown,
      })
    }
    recorder.mark({ kind: 'probe', faultIndex, probe, workflowId, runId, askedMs })
  }

  /** Resolves once workflow code has consumed the `nth` signal. */
  async #consumed(poked: ScenarioWorkflow, nth: number): Promise<void> {
    const { workflows } = this.#options
    await workflows.orPending(
      workflows.captureOf(poked),
      (events) => {
        const isSignal = ({ eventType }: { eventType: string }) =>
          eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED'
        const signal = events.filter(isSignal)[nth - 1]
        if (signal === undefined) return undefined
        return consumedBy(signal, events)
      },
      { what: `${poked.workflowId} to take a signal`, code: 'CHAOS_PROBE_UNANSWERED', kind: 'unmet' },
    )
  }
}

async function newWorkflow({ workflows }: ProbesOptions): Promise<void> {
  const work = await workflows.start(probeWork, {}, quietly, { origin: 'probe' })
  await work.completes()
}

async function firstTaskDone({ workflows }: ProbesOptions, run: ScenarioWorkflow): Promise<void> {
  await workflows.orPending(
    workflows.captureOf(run),
    (events) => events.find(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED'),
    { what: `${run.workflowId} to have its first workflow task`, code: 'CHAOS_WORKFLOW_NOT_BEGUN' },
  )
}
