// A workflow of a dry run. Nobody answers: the dry run ends where a scenario reads an answer.
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { Answer, ScenarioWorkflow, Sender, Step } from './context.ts'
import { messageName } from './message-name.ts'
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
      signal: <Args extends unknown[]>(...[definition]: [SignalDefinition<Args> | string, ...Args]) =>
        send<void>('signal', messageName(definition)),
      update: <Result, Args extends unknown[]>(
        ...[definition]: [UpdateDefinition<Result, Args> | string, ...Args]
      ) => send<Result>('update', messageName(definition)),
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
    async query<T, Args extends unknown[]>(
      ...[definition]: [QueryDefinition<T, Args> | string, ...Args]
    ): Promise<T> {
      const name = messageName(definition)
      await step(`query ${name} of ${workflowId}`, nothing)
      // The answer may be a plain value, which no stand-in can be.
      throw onUnknown(`the answer to the query ${name}`)
    },
  }
}

async function nothing(): Promise<void> {}
