// A workflow of a dry run. Nobody answers: the dry run ends where a scenario reads an answer.
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { Answer, ScenarioWorkflow, Sender, Step } from './context.ts'
import { standIn, type OnUnknown } from './unknown-answer.ts'

export interface DryWorkflowOptions {
  readonly step: Step
  readonly onUnknown: OnUnknown
}

export function dryWorkflow(workflowId: string, { step, onUnknown }: DryWorkflowOptions): ScenarioWorkflow {
  const run: WorkflowRun = {
    workflowId,
    get runId(): string {
      throw onUnknown(`the run id of ${workflowId}`)
    },
  }
  function from(sender: string): Sender {
    async function send<T>(what: string, name: string): Promise<Answer<T>> {
      await step(`${what} ${name} of ${workflowId} by ${sender}`, nothing)
      return standIn<Answer<T>>(`the answer to the ${what} ${name}`, {}, onUnknown)
    }
    return {
      signal: <Args extends unknown[]>(...[{ name }]: [SignalDefinition<Args>, ...Args]) =>
        send<void>('signal', name),
      update: <Result, Args extends unknown[]>(...[{ name }]: [UpdateDefinition<Result, Args>, ...Args]) =>
        send<Result>('update', name),
    }
  }
  return {
    ...from('scenario'),
    workflowId,
    get runId() {
      return run.runId
    },
    from,
    current: () => run,
    completes: () => step(`await ${workflowId}`, nothing),
    async query<T>({ name }: QueryDefinition<T>): Promise<T> {
      await step(`query ${name} of ${workflowId}`, nothing)
      // The answer may be a plain value, which no stand-in can be.
      throw onUnknown(`the answer to the query ${name}`)
    },
  }
}

async function nothing(): Promise<void> {}
