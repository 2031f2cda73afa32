// The proof that a service is down: its exit was seen, and its port refuses connections.
import type { Deadline } from '../../core/deadline.ts'
import { ChaosError } from '../../core/errors.ts'
import type { Exit } from '../../processes/session.ts'
import { unproven } from '../../processes/process-tree.ts'
import { round, since } from './figures.ts'
import { isRefused } from './port-probe.ts'
import { endingOf } from './serving.ts'
import type { Service } from '../service.ts'

export interface DownProof {
  readonly name: Service['name']
  readonly exited: Promise<Exit>
  readonly port: number
  /** @default 127.0.0.1 */
  readonly host?: string
  /** When the fault was injected. */
  readonly sinceMs: number
  readonly deadline: Deadline
  /** How often the port is tried, in milliseconds. */
  readonly everyMs: number
  /** What must have ended it, if that is part of the claim. */
  readonly signal?: NodeJS.Signals
  /** Resolves once nothing of the service is left, if its exit does not say so. */
  readonly gone?: () => Promise<void>
}

/** @throws ChaosError `CHAOS_FAULT_UNPROVEN` */
export async function proveDown(proof: DownProof): Promise<{
  readonly exit: Exit
  readonly figures: { readonly exitedMs: number; readonly refusedMs: number }
}> {
  const { name, port, host, sinceMs, deadline, everyMs, signal } = proof
  const exit = await deadline.race(proof.exited, unproven(`${name} to exit`))
  if (signal !== undefined && exit.signal !== signal) {
    throw new ChaosError(`${name} ${endingOf(exit)}, not by ${signal}`, {
      code: 'CHAOS_FAULT_UNPROVEN',
      kind: 'unmet',
    })
  }
  await proof.gone?.()
  const attempt = async () => ((await isRefused(port, host)) ? true : undefined)
  await deadline.poll(attempt, { ...unproven(`port ${port} to be closed`), everyMs })
  return { exit, figures: { exitedMs: round(exit.atMs - sinceMs), refusedMs: since(sinceMs) } }
}
