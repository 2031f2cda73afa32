// What every generic scenario does: starts a workload, waits for the moment, injects the fault, and heals it.
import type { ProjectWorkload } from '../../config/project/workload-schema.ts'
import type { ScenarioContext, ScenarioWorkflow } from '../context.ts'
import { ArgumentSeeds } from './arguments.ts'
import type { Explored } from './explored.ts'
import type { GenericFault } from './faults.ts'
import { MessageGate } from './message-gate.ts'
import { sendMessages, type SendingHooks } from './messages.ts'
import { isPassed, momentNamed } from './moments.ts'
import { workloadOf } from './project-workload.ts'

export interface Generic {
  /** Of the workload. */
  readonly name: string
  readonly declared: ProjectWorkload
  readonly explored: Explored
  readonly fault: GenericFault
  readonly at: string
}

/** Workflows that are started in all, if an activity was over before the server showed that it ran. */
const mostTries = 5

/** A workflow, and what functions of its arguments get. */
interface Started {
  readonly flow: ScenarioWorkflow
  readonly seed: number | undefined
}

/** A workflow, and the sending of its messages. */
interface Begun extends Started {
  readonly sending: Promise<void>
}

/** The workload that is played. */
interface Work extends Pick<Generic, 'name' | 'declared'> {
  /** Null before anybody saw how it ends. */
  readonly explored: Explored | null
  readonly seeds: ArgumentSeeds
}

/** Starts one workflow of the workload. */
async function begin(context: ScenarioContext, { name, declared, explored, seeds }: Work): Promise<Started> {
  const { taskQueue } = declared
  const seed = seeds.next(name, declared)
  return { flow: await context.start(workloadOf(declared, explored), { seed }, { taskQueue }), seed }
}

/** As many as the workload says, side by side. */
async function beginTogether(context: ScenarioContext, work: Work): Promise<Started[]> {
  return await Promise.all(Array.from({ length: work.declared.together }, () => begin(context, work)))
}

/** Starts the workload twice, one after the other, without any fault. */
export async function playTwice(
  context: ScenarioContext,
  name: string,
  declared: ProjectWorkload,
): Promise<void> {
  // Each has arguments of its own, if these are a function: what both come to holds for others, too.
  const work = { name, declared, explored: null, seeds: new ArgumentSeeds(context.choose) }
  for (let turn = 0; turn < 2; turn += 1) {
    const started = await beginTogether(context, work)
    await untilEnded(started.map((one) => send(context, one, declared)))
  }
}

export async function play(context: ScenarioContext, generic: Generic): Promise<void> {
  const { declared, fault, at } = generic
  const due = declared.messages.findIndex((_, index) => at === `message-${index + 1}`)
  const work = { ...generic, seeds: new ArgumentSeeds(context.choose) }
  const gate = new MessageGate(due, declared.together === 1)
  if (at === 'start') {
    await fault.inject(context)
    gate.open()
  }
  const started = await beginTogether(context, work)
  const begun = started.map((one) => sendPast(gate, context, one, declared))
  if (at !== 'start') {
    // A message's turn comes once those before it are answered, which may need the worker.
    if (due === -1) begun.push(...(await reachInTime(context, { ...work, at }, { gate, started })))
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
  work: Work & Pick<Generic, 'at'>,
  { gate, started }: { readonly gate: MessageGate; readonly started: readonly Started[] },
): Promise<Begun[]> {
  const more: Begun[] = []
  for (;;) {
    const { flow } = more.at(-1) ?? started[0] ?? (await begin(context, work))
    try {
      await context.reach(momentNamed(work.at, flow))
      return more
    } catch (thrown) {
      if (!isPassed(thrown) || more.length + 1 >= mostTries) throw thrown
      more.push(sendPast(gate, context, await begin(context, work), work.declared))
    }
  }
}

function sendPast(
  gate: MessageGate,
  context: ScenarioContext,
  started: Started,
  declared: ProjectWorkload,
): Begun {
  const { over, ...hooks } = gate.hooks()
  const { sending } = send(context, started, declared, hooks)
  return { ...started, sending: context.background(sending.finally(over)) }
}

function send(
  context: ScenarioContext,
  started: Started,
  { messages }: ProjectWorkload,
  hooks: SendingHooks = {},
): Begun {
  const { flow, seed } = started
  const sending = sendMessages(context, flow, messages, { ...hooks, seed })
  return { ...started, sending: context.background(sending) }
}

async function untilEnded(begun: readonly Begun[]): Promise<void> {
  await Promise.all(begun.map(({ sending }) => sending))
  await Promise.all(begun.map(({ flow }) => flow.completes()))
}
