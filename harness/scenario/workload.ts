// A workload: work for a scenario, with the outcome that it must have whatever faults happen.
import type { WorkflowStartOptions } from '@temporalio/client'
import type { ActivityOptions } from '@temporalio/common'
import type { Profile } from '../config/profiles.ts'
import type { ProjectMessage } from '../config/project/workload-schema.ts'
import type { AnswerRule } from '../record/answer-rule.ts'
import type { EffectPromise } from '../record/expected-effect.ts'
import type { Outcome } from '../record/timeline/outcome.ts'

export interface WorkloadStart<Input> {
  readonly workflowId: string
  readonly input: Input
}

/** A signal or update that a scenario sends to one of its workflows. */
export interface SentMessage {
  readonly workflowId: string
  readonly name: string
  readonly args: readonly unknown[]
}

/** `Input` is the scenario's part; the profile's activity options are added to it as `activity`. */
export interface Workload<Input extends object, Result> {
  /** The workflow's type, as the worker registers it. */
  readonly workflow: string
  /**
   * The arguments that the workflow is started with.
   * @default one: the input, and the profile's activity options as its field `activity`
   */
  args?(start: WorkloadStart<Input>): readonly unknown[]
  /** How it is started besides, before what the profile says. @default as the service does by itself */
  readonly options?: Pick<WorkflowStartOptions, 'workflowTaskTimeout' | 'workflowExecutionTimeout' | 'memo'>
  /**
   * The result without faults: how the workflow may end, and the effects that the ledger accepts.
   */
  golden(start: WorkloadStart<Input>): GoldenOf<Result>
  /** The effects that a message causes once the service has accepted it. @default none */
  effectsOf?(sent: SentMessage): readonly EffectPromise[]
  /**
   * The queries that the workflow answers at any time, by name, with how their answers may change. The harness asks
   * them all along, and no answer may go back. @default none
   */
  readonly queries?: Readonly<Record<string, AnswerRule>>
}

export interface DeclaredInput {
  /** Whether the messages of the chaos.config are sent in the background, each when it is due. @default true */
  readonly messages?: boolean
  /** What functions of arguments in the chaos.config get. @default drawn from the run's seed */
  readonly seed?: number | undefined
}

/** A workload of a project's chaos.config. */
export interface DeclaredWorkload extends Workload<DeclaredInput, unknown> {
  /** Its name in the chaos.config. */
  readonly name: string
  /** The task queue that it is started on. */
  readonly taskQueue: string
  readonly messages: readonly ProjectMessage[]
}

/** A `Golden` whose results are of the workflow's own type. */
export interface GoldenOf<Result> {
  readonly outcomes: readonly OutcomeOf<Result>[]
  readonly effects: readonly EffectPromise[]
  /**
   * Nobody knows which effects the work has, as of a worker that was not written for the harness: the ledger may accept
   * others than those that are named. @default all are named
   */
  readonly anyEffects?: true
  /** Keys of the rows that it must have left in declared tables, by the name of their query. @default nobody knows */
  readonly rows?: Readonly<Record<string, readonly string[]>>
  /**
   * The lengths of the timers that must fire before the workflow completes, in milliseconds. A timer that may be
   * cancelled does not belong here, and other timers may come besides. @default none are named
   */
  readonly timersMs?: readonly number[]
  /** The answers to queries once the workflow has completed, by the query's name. @default none are named */
  readonly answers?: Readonly<Record<string, unknown>>
}

export type OutcomeOf<Result> =
  | Exclude<Outcome, { status: 'completed' }>
  | { readonly status: 'completed'; readonly result: Result }
  /** Any result is right. */
  | { readonly status: 'completed'; readonly anyValue: true }

/** The one argument with which a workload's workflow is started. */
export type WorkflowInput<Input extends object> = Input & { readonly activity: ActivityOptions }

/** The arguments that a workload's workflow is started with. */
export function argumentsOf<Input extends object, Result>(
  workload: Workload<Input, Result>,
  start: WorkloadStart<Input>,
  { activity }: Pick<Profile, 'activity'>,
): unknown[] {
  const usual: WorkflowInput<Input> = { ...start.input, activity }
  return [...(workload.args?.(start) ?? [usual])]
}

/**
 * An outcome: the workflow ends with this result. @param effects those that occur only with this
 * outcome
 */
export function completed<Result>(result: Result, effects: EffectPromise[] = []) {
  return { status: 'completed', result, effects } as const
}

/** An outcome: the workflow's own logic fails it with this message. @param effects as for `completed` */
export function failed(message: string, effects: EffectPromise[] = []) {
  return { status: 'failed', message, effects } as const
}
