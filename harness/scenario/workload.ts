// What a workload is: work to run under a scenario, with the outcome it must have whatever happens around it.
import type { ActivityOptions } from '@temporalio/common'
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

/** `Input` is what a scenario chooses; the profile's activity options are added to it as `activity`. */
export interface Workload<Input extends object, Result> {
  /** The workflow's type, as the worker registers it. */
  readonly workflow: string
  /** What it comes to without faults: how it may end, and the keys of the effects that the ledger accepts. */
  golden(start: WorkloadStart<Input>): GoldenOf<Result>
  /** Keys of the effects that a message brings about once the service has accepted it. @default none */
  effectsOf?(sent: SentMessage): readonly string[]
}

/** A `Golden` whose results are of the workflow's own type. */
export interface GoldenOf<Result> {
  readonly outcomes: readonly OutcomeOf<Result>[]
  readonly effects: readonly string[]
}

export type OutcomeOf<Result> =
  Exclude<Outcome, { status: 'completed' }> | { readonly status: 'completed'; readonly result: Result }

/** The one argument that a workload's workflow is started with. */
export type WorkflowInput<Input extends object> = Input & { readonly activity: ActivityOptions }

/** That a workflow ends with this result. @param effects keys of those that come with this outcome only */
export function completed<Result>(result: Result, effects: string[] = []) {
  return { status: 'completed', result, effects } as const
}

/** That a workflow fails by its own logic, with this message. @param effects as of `completed` */
export function failed(message: string, effects: string[] = []) {
  return { status: 'failed', message, effects } as const
}
