// Asks the queries that workloads declare, all along: one at a time, and never while a fault lasts or a workflow still
// has to go on after one. Even a query frees a workflow's sticky queue, and would make its recovery look better.
import { isDeepStrictEqual } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
import { isClosing, type HistoryEvent } from '../../history/event.ts'
import type { WorkflowRun } from '../../history/workflow-run.ts'
import type { AnswerRule } from '../../record/answer-rule.ts'
import type { RunRecorder } from '../../record/recorder.ts'
import type { EntryOf } from '../../record/timeline.ts'
import { answered, notAnswered, type QueryOf } from '../query.ts'

export interface WatchedWorkflow extends WorkflowRun {
  current(): WorkflowRun
}

export interface QueryRoundsOptions {
  readonly recorder: Pick<RunRecorder, 'mark' | 'nowMs'>
  readonly eventsOf: (run: WorkflowRun) => readonly HistoryEvent[]
  /** Asks one run. @throws what the client throws, also once `signal` is aborted */
  readonly ask: (run: WorkflowRun, query: string, signal: AbortSignal) => Promise<unknown>
  readonly isUp: () => boolean
}

/** The pause between two queries of a run, whatever the number of its workflows. */
const everyMs = 300
const patienceMs = 3_000
/** At the end, every query of so many workflows is asked. */
const askedAtTheEnd = 20

interface Watched {
  readonly workflow: WatchedWorkflow
  readonly query: string
  /** The last answer on the timeline; undefined after a fault. */
  last: Omit<EntryOf<'queried'>, 'kind' | 'atMs'> | undefined
  /** The workflow tasks that each run had completed when the last fault struck. */
  readonly tasksAtFault: Map<string, number>
}

export class QueryRounds implements AsyncDisposable {
  readonly #options: QueryRoundsOptions
  readonly #watched: Watched[] = []
  readonly #over = new AbortController()
  #isPaused = false
  #asking = new AbortController()
  #rounds: Promise<void> | undefined

  constructor(options: QueryRoundsOptions) {
    this.#options = options
  }

  /** Asks these queries of the workflow from now on. */
  watch(workflow: WatchedWorkflow, rules: Readonly<Record<string, AnswerRule>>): void {
    if (Object.keys(rules).length === 0) return
    const { workflowId, runId } = workflow
    this.#options.recorder.mark({ kind: 'queries-declared', workflowId, runId, rules })
    for (const query of Object.keys(rules)) {
      this.#watched.push({ workflow, query, last: undefined, tasksAtFault: new Map() })
    }
    this.#rounds ??= this.#askAllAlong()
  }

  /** Call it before a fault is injected. */
  pause(): void {
    this.#isPaused = true
    this.#asking.abort()
    for (const watched of this.#watched) {
      const run = watched.workflow.current()
      watched.last = undefined
      watched.tasksAtFault.set(run.runId, this.#tasksOf(run))
    }
  }

  /** Call it when every target is up again and the probes are answered. */
  resume(): void {
    this.#isPaused = false
  }

  /** Asks every query once more, also of workflows that are closed. */
  async finish(): Promise<void> {
    await this[Symbol.asyncDispose]()
    if (!this.#options.isUp()) return
    for (const watched of this.#watched.slice(0, askedAtTheEnd)) {
      watched.last = undefined
      const outcome = await this.#ask(watched, new AbortController().signal)
      // A worker that answers nothing would be waited for again and again.
      if (outcome === 'unanswered') return
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    this.#asking.abort()
    await this.#rounds
  }

  async #askAllAlong(): Promise<void> {
    for (let turn = 0; !this.#over.signal.aborted; turn += 1) {
      const watched = this.#watched[turn % this.#watched.length]
      if (watched !== undefined && this.#mayAsk(watched)) {
        this.#asking = new AbortController()
        await this.#ask(watched, this.#asking.signal)
      }
      await delay(everyMs)
    }
  }

  #mayAsk({ workflow, tasksAtFault }: Watched): boolean {
    if (this.#isPaused) return false
    const run = workflow.current()
    if (this.#options.eventsOf(run).some(isClosing)) return false
    return this.#tasksOf(run) > (tasksAtFault.get(run.runId) ?? 0)
  }

  #tasksOf(run: WorkflowRun): number {
    return this.#options
      .eventsOf(run)
      .filter(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED').length
  }

  /** @param cancelled if the client ends the query by this, nothing is told of it */
  async #ask(watched: Watched, cancelled: AbortSignal): Promise<EntryOf<'queried'>['outcome'] | undefined> {
    const { recorder, ask } = this.#options
    const { workflowId, runId } = watched.workflow.current()
    const of: QueryOf = { workflowId, runId, query: watched.query, by: 'harness' }
    const askedMs = recorder.nowMs
    const signal = AbortSignal.any([cancelled, AbortSignal.timeout(patienceMs)])
    const entry = await ask({ workflowId, runId }, watched.query, signal).then(
      (answer) => answered(of, askedMs, answer),
      (thrown: unknown) => (cancelled.aborted ? undefined : notAnswered(of, askedMs, thrown)),
    )
    if (entry === undefined || isSame(entry, watched.last)) return entry?.outcome
    watched.last = entry
    recorder.mark({ kind: 'queried', ...entry })
    return entry.outcome
  }
}

function isSame(entry: NonNullable<Watched['last']>, last: Watched['last']): boolean {
  if (entry.runId !== last?.runId || entry.outcome !== last.outcome) return false
  return entry.outcome !== 'answered' || isDeepStrictEqual(entry.answer, last.answer)
}
