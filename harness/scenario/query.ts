// Asks a query once, and puts what came of it on the timeline.
import { QueryNotRegisteredError, QueryRejectedError } from '@temporalio/client'
import type { QueryDefinition } from '@temporalio/common'
import { messageOf } from '../core/errors.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { RunRecorder } from '../record/recorder.ts'
import type { EntryOf } from '../record/timeline.ts'
import { isUnreadable } from '../temporal/payloads.ts'
import type { ScenarioWorkflow, Step } from './context.ts'
import { messageName } from './message-name.ts'
import { isNeverAnswered, unanswered } from './unanswered.ts'

type Answered = Omit<EntryOf<'queried'>, 'kind' | 'atMs'>

export interface QueryOf extends WorkflowRun {
  readonly query: string
  readonly by: Answered['by']
}

/** @returns the entry for an answer; undefined if the answer is nothing that JSON can hold */
export function answered(of: QueryOf, askedMs: number, answer: unknown): Answered | undefined {
  try {
    const text = JSON.stringify(answer)
    const value = text === undefined ? {} : { answer: JSON.parse(text) as unknown }
    return { ...of, askedMs, outcome: 'answered', ...value }
  } catch {
    return undefined // such as a bigint: nothing can be compared then
  }
}

/**
 * Whether a worker refused it, or nobody answered: an outage is no refusal. An answer that only the worker can read says that
 * the workflow answers, and no more.
 */
export function notAnswered(of: QueryOf, askedMs: number, thrown: unknown): Answered {
  if (isUnreadable(thrown))
    return { ...of, askedMs, outcome: 'answered', why: `the answer cannot be read: ${messageOf(thrown)}` }
  const isRefused = thrown instanceof QueryNotRegisteredError || thrown instanceof QueryRejectedError
  return { ...of, askedMs, outcome: isRefused ? 'refused' : 'unanswered', why: messageOf(thrown) }
}

/**
 * A query of the scenario's own. `of` is asked again for the entry, as the workflow may have continued as new.
 * @returns undefined for an answer that cannot be read @throws what `ask` throws
 */
export async function askAndRecord<T>(
  recorder: Pick<RunRecorder, 'mark' | 'nowMs'>,
  of: () => QueryOf,
  ask: (what: string) => Promise<T>,
): Promise<T> {
  const askedMs = recorder.nowMs
  const { query, workflowId } = of()
  try {
    const answer = await ask(`the query ${query} of ${workflowId}`)
    const entry = answered(of(), askedMs, answer)
    if (entry !== undefined) recorder.mark({ kind: 'queried', ...entry })
    return answer
  } catch (thrown) {
    const isUnanswered = isNeverAnswered(thrown)
    if (!isUnanswered && !isUnreadable(thrown)) throw thrown
    recorder.mark({ kind: 'queried', ...notAnswered(of(), askedMs, thrown) })
    if (isUnanswered) throw unanswered(`the query ${query} of ${workflowId}`, thrown)
    return undefined as T
  }
}

export interface Queries {
  readonly recorder: Pick<RunRecorder, 'mark' | 'nowMs'>
  readonly step: Step
  /** The last known run of the workflow's chain. */
  readonly run: () => WorkflowRun
  /** @param what the query in words */
  readonly ask: (what: string, query: string, args: readonly unknown[]) => Promise<unknown>
}

/** The queries of a scenario's own to one workflow, each a step. */
export function queriesOf({ recorder, step, run, ask }: Queries): ScenarioWorkflow['query'] {
  return <Answer, Args extends unknown[]>(
    definition: QueryDefinition<Answer, Args> | string,
    ...args: Args
  ) => {
    const query = messageName(definition)
    const of = () => ({ ...run(), query, by: 'scenario' as const })
    return step(`query ${query} of ${run().workflowId}`, () =>
      askAndRecord(recorder, of, (what) => ask(what, query, args) as Promise<Answer>),
    )
  }
}
