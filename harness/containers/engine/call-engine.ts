// Calls to the engine: bounded in time, and with coded errors if they fail.
import type Dockerode from 'dockerode'
import { z } from 'zod'
import { Deadline } from '../../core/deadline.ts'
import { explain } from './failures.ts'

/** A kill alone takes ten seconds if the container does not end. */
const defaultAnswerMs = 20_000

export interface EngineCall {
  /** The container's service. */
  readonly name: string
  readonly container: Dockerode.Container
  /** How long the engine may take, in milliseconds. @default 20 000 */
  readonly answerMs?: number
  /** Called if the engine does not answer: no other call will be answered either. */
  lost?(error: unknown): void
}

/**
 * @param action a verb for messages: "the container engine cannot <action> <name>"
 * @param moreMs that the engine takes for the action itself, beside its usual answer
 * @throws ChaosError `CHAOS_ENGINE_LOST` if it does not answer, `CHAOS_ENGINE_FAILED`, `CHAOS_DISK_FULL`
 */
export async function callEngine<T>(
  call: EngineCall,
  action: string,
  ask: (container: Dockerode.Container) => Promise<T>,
  moreMs = 0,
): Promise<T> {
  const { name, container, answerMs = defaultAnswerMs } = call
  try {
    return await Deadline.after(answerMs + moreMs).race(ask(container), {
      what: `the container engine to ${action} ${name}`,
      code: 'CHAOS_ENGINE_LOST',
      hint: 'It takes connections and does not answer. Look at its own log; the campaign cannot go on without it.',
    })
  } catch (thrown) {
    const error = explain(name, thrown, action)
    if (error.code === 'CHAOS_ENGINE_LOST') call.lost?.(error)
    throw error
  }
}

const lineSchema = z.object({
  stream: z.string().optional(),
  error: z.string().optional(),
  errorDetail: z.object({ message: z.string() }).optional(),
})

/**
 * Reads a pull or a build to its end. A failure is a line of its stream: the stream itself ends well.
 * @param onText gets what a build prints
 * @throws Error with the failure that the stream reports
 */
export async function followStream(
  docker: Dockerode,
  stream: NodeJS.ReadableStream,
  onText: (text: string) => void = () => {},
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onLine = (line: unknown) => {
    const { stream: text, error, errorDetail } = lineSchema.parse(line)
    if (text !== undefined) onText(text)
    const failure = errorDetail?.message ?? error
    if (failure !== undefined) reject(new Error(failure))
  }
  docker.modem.followProgress(stream, (error) => (error === null ? resolve() : reject(error)), onLine)
  await promise
}
