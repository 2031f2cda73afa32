// What a workload is: work to run under a scenario, with the outcome it must have whatever happens around it.
import type { ActivityOptions } from '@temporalio/common'
import type { Golden } from '../record/timeline.ts'

export interface WorkloadStart<Input> {
  readonly workflowId: string
  readonly input: Input
}

/** `Input` is what a scenario chooses; the profile's activity options are added to it as `activity`. */
export interface Workload<Input extends object, Result> {
  /** The workflow's type, as the worker registers it. */
  readonly workflow: string
  /** What it comes to without faults: its result, and the keys of the effects that the world accepts. */
  golden(start: WorkloadStart<Input>): Omit<Golden, 'result'> & { readonly result: Result }
}

/** The one argument that a workload's workflow is started with. */
export type WorkflowInput<Input extends object> = Input & { readonly activity: ActivityOptions }
