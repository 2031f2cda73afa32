// How a worker is started: any program that honours these variables can be one, in any language.
import { fileURLToPath } from 'node:url'
import type { Profile } from '../../config/profiles.ts'

export interface WorkerSurroundings {
  readonly address: string
  readonly namespace: string
  readonly taskQueue: string
  readonly worldUrl: string
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

const nodeWorker = fileURLToPath(new URL('../../../fixtures/worker.ts', import.meta.url))

/** `node fixtures/worker.ts` itself, never a wrapper: what gets the signal must be the worker. */
export function launchNodeWorker(
  surroundings: WorkerSurroundings,
  identity: string,
  incarnation: number,
): Launch {
  return {
    file: process.execPath,
    args: [nodeWorker],
    env: {
      TEMPORAL_ADDRESS: surroundings.address,
      TEMPORAL_NAMESPACE: surroundings.namespace,
      CHAOS_TASK_QUEUE: surroundings.taskQueue,
      CHAOS_IDENTITY: identity,
      CHAOS_INCARNATION: String(incarnation),
      CHAOS_WORLD_URL: surroundings.worldUrl,
      [bundleVariable]: surroundings.bundle,
      CHAOS_WORKER_OPTIONS: JSON.stringify(surroundings.profile.worker),
    },
  }
}
