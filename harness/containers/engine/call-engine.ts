// What the engine is asked to do with a container of a cluster: answered in time, and told in our own words where it fails.
import type Dockerode from 'dockerode'
import { Deadline } from '../../core/deadline.ts'
import { explain } from './engine-failures.ts'

/** A kill alone takes ten seconds where the container does not end. */
const defaultAnswerMs = 20_000

export interface EngineCall {
  /** Of the container's service. */
  readonly name: string
  /** Created and started. */
  readonly container: Dockerode.Container
  /** How long the engine may take, in milliseconds. @default 20 000 */
  readonly answerMs?: number
  /** Told where it does not answer: no other question to it will be answered either. */
  lost?(error: unknown): void
}

/**
 * @param action as it reads before the container's name
 * @param moreMs that the engine takes over it when all is well
 * @throws ChaosError `CHAOS_ENGINE_LOST` where it does not answer in time or any more, `CHAOS_ENGINE_FAILED`, `CHAOS_DISK_FULL`
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
      hint: 'It takes connections and does not answer: look for its own log; the campaign cannot go on without it.',
    })
  } catch (thrown) {
    const error = explain(name, thrown, action)
    if (error.code === 'CHAOS_ENGINE_LOST') call.lost?.(error)
    throw error
  }
}
