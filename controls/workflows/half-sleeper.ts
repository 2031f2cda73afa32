// `durableDemo` that sleeps half as long as it is told, and says that it slept all of it.
import { durableDemo, type DurableDemoInput, type DurableDemoResult } from '../../workflows/durable-demo.ts'

export async function halfSleeper(input: DurableDemoInput): Promise<DurableDemoResult> {
  const told = input.sleepMs ?? 0
  return { ...(await durableDemo({ ...input, sleepMs: told / 2 })), sleptMs: told }
}
