// The messages of a workload: each is sent once its place was reached and the one before was answered.
import { setTimeout as delay } from 'node:timers/promises'
import type { ProjectMessage } from '../../config/project/workload-schema.ts'
import type { ScenarioContext, ScenarioWorkflow } from '../context.ts'
import { isPassed, momentNamed } from './moments.ts'
import { argumentsFor } from './arguments.ts'

type Context = Pick<ScenarioContext, 'reach'>

export interface SendingHooks {
  /** Waits until a message may be sent whose place was reached. */
  readonly before?: (index: number) => Promise<void>
  readonly onAnswered?: (index: number) => void
  /** Whether the place of a message must last until the fault. @default none: it is over once its message is sent */
  readonly isAim?: (index: number) => boolean
  /** What functions of arguments get. @default 0 */
  readonly seed?: number | undefined
}

export async function sendMessages(
  context: Context,
  flow: ScenarioWorkflow,
  messages: readonly ProjectMessage[],
  { before, onAnswered, isAim = () => false, seed = 0 }: SendingHooks = {},
): Promise<void> {
  for (const [index, message] of messages.entries()) {
    await reachPlace(context, flow, message, isAim(index))
    await before?.(index)
    await send(flow, message, seed)
    onAnswered?.(index)
  }
}

async function reachPlace(
  { reach }: Context,
  flow: ScenarioWorkflow,
  { at }: Pick<ProjectMessage, 'at'>,
  isAim: boolean,
): Promise<void> {
  if (typeof at === 'object') await delay(at.afterMs)
  if (typeof at === 'object' || at === 'started') return
  const moment = momentNamed(nameOf(at), flow)
  await reach(isAim ? moment : { ...moment, lasting: false }).catch(unlessPassed)
}

/** A place that was over before it could be seen was reached all the same. */
function unlessPassed(thrown: unknown): void {
  if (!isPassed(thrown)) throw thrown
}

/** `timer 1` as the names of scenarios have it: `timer-1`. */
export function nameOf(place: string): string {
  return place.replace(' ', '-')
}

async function send(flow: ScenarioWorkflow, message: ProjectMessage, seed: number): Promise<void> {
  const { signal, update, args } = message
  const { workflowId } = flow
  const name = signal ?? update ?? ''
  const values = argumentsFor(args, `the message ${name}`, { workflowId, seed })
  await (signal === undefined ? flow.update(name, ...values) : flow.signal(name, ...values))
}
