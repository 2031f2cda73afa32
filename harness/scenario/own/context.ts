// The context of a project's own scenario: it also has the workloads of the chaos.config by name.
import type { Project } from '../../config/project/project.ts'
import type { ProjectWorkload } from '../../config/project/workload-schema.ts'
import type { ScenarioContext, StartArguments } from '../context.ts'
import { ArgumentSeeds } from '../generic/arguments.ts'
import type { Explored } from '../generic/explored.ts'
import { sendMessages } from '../generic/messages.ts'
import { workloadOf } from '../generic/project-workload.ts'
import type { DeclaredInput, DeclaredWorkload, Workload } from '../workload.ts'
import { workloadsByName } from '../workloads-by-name.ts'

/** @param explored what was seen of the workloads; an end that nobody saw may be any */
export function contextWithWorkloads(
  context: ScenarioContext,
  { workloads }: Pick<Project, 'workloads'>,
  explored: readonly Explored[],
): ScenarioContext {
  const declared = Object.entries(workloads).map(([name, workload]) => {
    const seen = explored.find((one) => one.workload === name) ?? null
    return [name, { ...workloadOf(workload, seen), name, ...placeOf(workload) }] as const
  })
  const seeds = new ArgumentSeeds(context.choose)
  const added = {
    workloads: workloadsByName(Object.fromEntries(declared)),
    async start<Input extends object, Result>(
      workload: Workload<Input, Result>,
      ...given: StartArguments<Input>
    ) {
      if (!isDeclared(workload)) return context.start(workload, ...given)
      const { name, taskQueue, messages } = workload
      const [input = {}, options] = given as StartArguments<DeclaredInput>
      const { args = [] } = workloads[name] ?? {}
      const seed = input.seed ?? seeds.next(name, { args, messages })
      const flow = await context.start(workload, { ...input, seed }, { taskQueue, ...options })
      if (input.messages !== false) void context.background(sendMessages(context, flow, messages, { seed }))
      return flow
    },
  }
  // Not a copy: reading the context's services would already be an error on a shared cluster.
  return Object.create(context, Object.getOwnPropertyDescriptors(added)) as ScenarioContext
}

function placeOf({ taskQueue, messages }: ProjectWorkload): Pick<DeclaredWorkload, 'taskQueue' | 'messages'> {
  return { taskQueue, messages }
}

function isDeclared(workload: object): workload is DeclaredWorkload {
  return 'messages' in workload && 'taskQueue' in workload
}
