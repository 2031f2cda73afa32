// What every generic scenario does: starts a workload, waits for the moment, injects the fault, and heals it.
import type { ProjectWorkload } from '../../config/project/workload-schema.ts'
import type { ScenarioContext, ScenarioWorkflow } from '../context.ts'
import type { Explored } from './explored.ts'
import type { GenericFault } from './faults.ts'
import { MessageGate } from './message-gate.ts'
import { sendMessages, type SendingHooks } from './messages.ts'
import { isPassed, momentNamed } from './moments.ts'
import { workloadOf } from './project-workload.ts'

export interface Generic {
  readonly declared: ProjectWorkload
  readonly explored: Explored
  readonly fault: GenericFault
  readonly at: string
}

/** Workflows that are started in all, if an activity was over before the server showed that it ran. */
const mostTries = 5

/** A workflow, and the sending of its messages. */
interface Begun {
  readonly flow: ScenarioWorkflow
  readonly sending: Promise<void>
}

/** Starts one workflow of the workload. @param explored null before anybody saw how it ends */
async function begin(
  context: ScenarioContext,
  { declared, explored }: { readonly declared: ProjectWorkload; readonly explored: Explored | null },
): Promise<ScenarioWorkflow> {
  const { taskQueue } = declared
  return await context.start(workloadOf(declared, explored), {}, { taskQueue })
}

/** As many as the workload says, side by side. */
async function beginTogether(
  context: ScenarioContext,
  what: Parameters<typeof begin>[1],
): Promise<ScenarioWorkflow[]> {
  return await Promise.all(Array.from({ length: what.declared.together }, () => begin(context, what)))
}

/** Starts the workload twice, one after the other, without any fault. */
export async function playTwice(context: ScenarioContext, declared: ProjectWorkload): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    const flows = await beginTogether(context, { declared, explored: null })
    await untilEnded(flows.map((flow) => send(context, flow, declared)))
  }
}

export async function play(context: ScenarioContext, generic: Generic): Promise<void> {
  const { declared, fault, at } = generic
  const due = declared.messages.findIndex((_, index) => at === `message-${index + 1}`)
  const gate = new MessageGate(due, declared.together === 1)
  if (at === 'start') {
    await fault.inject(context)
    gate.open()
  }
  const flows = await beginTogether(context, generic)
  const begun = flows.map((flow) => sendPast(gate, context, flow, declared))
  if (at !== 'start') {
    // A message's turn comes once those before it are answered, which may need the worker.
    if (due === -1) begun.push(...(await reachInTime(context, generic, { gate, flows })))
    else await Promise.race([gate.first, Promise.all(begun.map(({ sending }) => sending))])
    await fault.inject(context)
    gate.open()
  }
  // A signal is taken by the service; an update waits for the worker.
  if (fault.serviceIsUp && declared.messages[due]?.signal !== undefined) await gate.untilHeldAreSent()
  await fault.heal(context)
  await untilEnded(begun)
}

/**
 * Waits for the moment of the first workflow: with fewer slots than workflows, they are never all there at once. An
 * activity that takes now long, now short may be over too soon; then another workflow is started, and its moment awaited.
 * @returns the workflows that were started for that
 */
async function reachInTime(
  context: ScenarioContext,
  generic: Generic,
  { gate, flows }: { readonly gate: MessageGate; readonly flows: readonly ScenarioWorkflow[] },
): Promise<Begun[]> {
  const more: Begun[] = []
  for (;;) {
    const flow = more.at(-1)?.flow ?? flows[0] ?? (await begin(context, generic))
    try {
      await context.reach(momentNamed(generic.at, flow))
      return more
    } catch (thrown) {
      if (!isPassed(thrown) || more.length + 1 >= mostTries) throw thrown
      more.push(sendPast(gate, context, await begin(context, generic), generic.declared))
    }
  }
}

function sendPast(
  gate: MessageGate,
  context: ScenarioContext,
  flow: ScenarioWorkflow,
  declared: ProjectWorkload,
): Begun {
  const { over, ...hooks } = gate.hooks()
  const { sending } = send(context, flow, declared, hooks)
  return { flow, sending: context.background(sending.finally(over)) }
}

function send(
  context: ScenarioContext,
  flow: ScenarioWorkflow,
  { messages }: ProjectWorkload,
  hooks: SendingHooks = {},
): Begun {
  return { flow, sending: context.background(sendMessages(context, flow, messages, hooks)) }
}

async function untilEnded(begun: readonly Begun[]): Promise<void> {
  await Promise.all(begun.map(({ sending }) => sending))
  await Promise.all(begun.map(({ flow }) => flow.completes()))
}
