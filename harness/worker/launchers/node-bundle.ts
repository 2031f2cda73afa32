// How a worker is started: any program that honours these variables can be one, in any language.
import { assets } from '../../core/assets.ts'
import type { Profile } from '../../config/profiles.ts'

export interface WorkerEnvironment {
  readonly address: string
  readonly namespace: string
  readonly taskQueue: string
  readonly ledgerUrl: string
  /** A prebuilt workflow bundle. */
  readonly bundle: string
  readonly profile: Profile
}

export interface Launch {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** Names the file of the prebuilt workflow bundle. */
export const bundleVariable = 'CHAOS_WORKFLOW_BUNDLE'

/** `node fixtures/worker.ts` itself, never a wrapper: what gets the signal must be the worker. */
export function launchNodeWorker(
  environment: WorkerEnvironment,
  identity: string,
  incarnation: number,
): Launch {
  return {
    file: process.execPath,
    args: [assets.nodeWorker],
    env: {
      TEMPORAL_ADDRESS: environment.address,
      TEMPORAL_NAMESPACE: environment.namespace,
      CHAOS_TASK_QUEUE: environment.taskQueue,
      CHAOS_IDENTITY: identity,
      CHAOS_INCARNATION: String(incarnation),
      CHAOS_LEDGER_URL: environment.ledgerUrl,
      [bundleVariable]: environment.bundle,
      CHAOS_WORKER_OPTIONS: JSON.stringify(environment.profile.worker),
    },
  }
}
