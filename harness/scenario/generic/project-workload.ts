// A workload of a project's configuration, as scenarios start it.
import type { ProjectWorkload } from '../../config/project/workload-schema.ts'
import type { ExpectedEffect } from '../../record/expected-effect.ts'
import type { DeclaredInput, OutcomeOf, Workload } from '../workload.ts'
import { argumentsFor, valuesFor } from './arguments.ts'
import { expectedEnd, type Explored } from './explored.ts'
import { expectedKeys } from './explored-effects.ts'
import { expectedRows } from './explored-rows.ts'

/** @param explored null before anybody saw how the workflow ends */
export function workloadOf(
  declared: ProjectWorkload,
  explored: Explored | null,
): Workload<DeclaredInput, unknown> {
  return {
    workflow: declared.type,
    options: startOptions(declared),
    args: ({ workflowId, input: { seed = 0 } }) =>
      argumentsFor(declared.args, `the workflow ${declared.type}`, { workflowId, seed }),
    golden({ workflowId }) {
      const outcome = declaredEnd(declared, workflowId) ?? exploredEnd(explored, workflowId)
      return {
        outcomes: [outcome ?? anyResult],
        effects: effectsOf(declared, explored, workflowId),
        anyEffects: true,
        rows: mayEndOtherwise(declared) ? {} : expectedRows(explored?.ends ?? [], workflowId),
      }
    },
  }
}

/** Another end may have other effects: if any will do, none is owed. */
function mayEndOtherwise({ expect }: ProjectWorkload): boolean {
  return expect === 'completed' || expect === 'failed'
}

/** An activity of any workflow may send them. */
function effectsOf(
  declared: ProjectWorkload,
  explored: Explored | null,
  workflowId: string,
): ExpectedEffect[] {
  if (explored === null || mayEndOtherwise(declared)) return []
  const keys = expectedKeys(explored.ends, workflowId) ?? []
  return keys.map((key) => ({ key, fromAnyWorkflow: true }))
}

function startOptions({ options }: ProjectWorkload): NonNullable<Workload<object, unknown>['options']> {
  const { workflowTaskTimeoutMs, workflowExecutionTimeoutMs, memo } = options
  return {
    ...(workflowTaskTimeoutMs === undefined ? {} : { workflowTaskTimeout: workflowTaskTimeoutMs }),
    ...(workflowExecutionTimeoutMs === undefined
      ? {}
      : { workflowExecutionTimeout: workflowExecutionTimeoutMs }),
    ...(memo === undefined ? {} : { memo }),
  }
}

type End = OutcomeOf<unknown>

const anyResult: End = { status: 'completed', anyValue: true }

function declaredEnd({ expect }: ProjectWorkload, workflowId: string): End | undefined {
  switch (expect) {
    case undefined:
      return undefined
    case 'completed':
      return anyResult
    case 'failed':
      return { status: 'failed', message: '', anyValue: true }
    default:
      return { status: 'completed', result: valuesFor(workflowId, expect.result) }
  }
}

function exploredEnd(explored: Explored | null, workflowId: string): End | undefined {
  const seen = explored === null ? undefined : expectedEnd(explored, workflowId)
  if (seen?.status !== 'completed') return seen
  return seen.anyValue === true ? anyResult : { status: 'completed', result: seen.result }
}
