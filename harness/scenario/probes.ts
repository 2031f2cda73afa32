// Probes: what a client would have to wait for right after the heal. They go to bystanders, workflows that only wait, so
// that asking does not help along what the figures are about: a query alone frees a workflow's sticky queue.
import type { Deadline } from '../core/deadline.ts'
import { ChaosError, messageOf, toChaosError } from '../core/errors.ts'
import type { ProbeKind } from '../record/probe-kind.ts'
import type { RunRecorder } from '../record/recorder.ts'
import { consumedBy } from '../history/consumed-by.ts'
import { bystander, errand, nudge, ping, poke, release } from './probe-workloads.ts'
import type { Step, StoryWorkflow } from './context.ts'
import { completed } from './workload.ts'
import type { Workflows } from './workflows.ts'

export interface ProbesOptions {
  readonly workflows: Workflows
  readonly recorder: RunRecorder
  readonly deadline: Deadline
}

interface Bystanders {
  /** One for each way of asking: what one is asked frees its sticky queue for the others too. */
  readonly queried: StoryWorkflow
  readonly nudged: StoryWorkflow
  readonly poked: StoryWorkflow
}

/** Not a step of the story's. */
const quietly: Step = (_name, work) => work()

export class Probes {
  readonly #options: ProbesOptions
  readonly #bystanders: Bystanders
  readonly #rounds: Promise<unknown>[] = []
  #failed: Error | undefined
  #nudges = 0
  #pokes = 0

  private constructor(options: ProbesOptions, bystanders: Bystanders) {
    this.#options = options
    this.#bystanders = bystanders
  }

  /** Starts the bystanders and runs one errand to its end: the figures of work without a fault. */
  static async open(options: ProbesOptions): Promise<Probes> {
    const start = () => options.workflows.start(bystander, {}, quietly, 'probe')
    const [queried, nudged, poked] = await Promise.all([start(), start(), start(), newWorkflow(options)])
    // From here on the worker has them in its cache, and the server offers their tasks to that worker alone.
    await Promise.all([queried, nudged, poked].map((one) => firstTaskDone(options, one)))
    return new Probes(options, { queried, nudged, poked })
  }

  /**
   * Asks for everything at once. Done when all is answered, or one of it cannot be; never rejects.
   * @param strike number of the newest fault
   */
  async ask(strike: number): Promise<void> {
    const { queried, nudged, poked } = this.#bystanders
    const asking = [
      this.#probe(strike, 'query', queried, () => queried.query(ping)),
      this.#probe(strike, 'update', nudged, async () => {
        await nudged.update(nudge)
        this.#nudges += 1
      }),
      this.#probe(strike, 'signal', poked, async () => {
        await poked.signal(poke)
        await this.#consumed(poked, (this.#pokes += 1))
      }),
      this.#probe(strike, 'new-workflow', poked, () => newWorkflow(this.#options)),
    ]
    const round = Promise.all(asking).catch((thrown: unknown) => (this.#failed ??= toChaosError(thrown)))
    this.#rounds.push(round)
    await round
  }

  /** Waits for what was asked, then lets the bystanders go. @throws ChaosError `CHAOS_PROBE_UNANSWERED` (liveness) */
  async finish(): Promise<void> {
    await Promise.all(this.#rounds)
    if (this.#failed !== undefined) throw this.#failed
    const { queried, nudged, poked } = this.#bystanders
    await Promise.all([queried, nudged, poked].map((one) => one.signal(release)))
    await queried.completes(completed({ nudges: 0, pokes: 0 }))
    await nudged.completes(completed({ nudges: this.#nudges, pokes: 0 }))
    await poked.completes(completed({ nudges: 0, pokes: this.#pokes }))
  }

  async #probe(
    strike: number,
    probe: ProbeKind,
    { workflowId, runId }: StoryWorkflow,
    ask: () => Promise<unknown>,
  ): Promise<void> {
    const { recorder, deadline } = this.#options
    const askedMs = recorder.nowMs
    try {
      await ask()
    } catch (thrown) {
      deadline.signal.throwIfAborted()
      throw new ChaosError(
        `the ${probe} that was asked for after the heal was not answered: ${messageOf(thrown)}`,
        {
          code: 'CHAOS_PROBE_UNANSWERED',
          kind: 'liveness',
          cause: thrown,
        },
      )
    }
    recorder.mark({ kind: 'probe', strike, probe, workflowId, runId, askedMs })
  }

  /** Workflow code has taken the bystander's `nth` signal. */
  async #consumed(poked: StoryWorkflow, nth: number): Promise<void> {
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
      { what: `${poked.workflowId} to take a signal`, code: 'CHAOS_PROBE_UNANSWERED', kind: 'liveness' },
    )
  }
}

async function newWorkflow({ workflows }: ProbesOptions): Promise<void> {
  const work = await workflows.start(errand, {}, quietly, 'probe')
  await work.completes()
}

async function firstTaskDone({ workflows }: ProbesOptions, run: StoryWorkflow): Promise<void> {
  await workflows.orPending(
    workflows.captureOf(run),
    (events) => events.find(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED'),
    { what: `${run.workflowId} to be begun`, code: 'CHAOS_WORKFLOW_NOT_BEGUN' },
  )
}
