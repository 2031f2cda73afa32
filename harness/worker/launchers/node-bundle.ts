// Starts the demonstration's worker, a plain Node program, with a bundle of workflows that was made before.
import { compileCache } from '../compile-cache.ts'
import { taskKinds, type WorkerEnvironment } from '../worker-variables.ts'
import type { LaunchRequest, WorkerLauncher } from '../launcher.ts'

export interface NodeBundleOptions extends Pick<WorkerLauncher, 'replayer'> {
  /** The Node program that is the worker. */
  readonly program: string
  /** File of the bundled workflows. */
  readonly bundle: string
  /** File of a module that exports a `dataConverter`. @default null, the SDK's own */
  readonly dataConverter?: string | null
}

export function nodeBundleLauncher(options: NodeBundleOptions): WorkerLauncher {
  const { program, bundle, replayer, dataConverter = null } = options
  const files = {
    CHAOS_WORKFLOW_BUNDLE: bundle,
    ...(dataConverter === null ? {} : { CHAOS_DATA_CONVERTER: dataConverter }),
  } satisfies Partial<WorkerEnvironment>
  return {
    kind: 'node-bundle',
    describe: () => `node ${program}`,
    probes: true,
    replayer,
    start: (request) =>
      request.host.start(
        {
          // Node itself, never a wrapper: what gets the signal must be the worker.
          file: process.execPath,
          args: [program],
          env: { ...compileCache(), ...environmentOf(request) },
          files,
        },
        request.logFile,
      ),
  }
}

function environmentOf(request: LaunchRequest): Omit<WorkerEnvironment, 'CHAOS_WORKFLOW_BUNDLE'> {
  const { host, incarnation, label, taskQueues, namespace, ledgerUrl, profile } = request
  const polled = new Set(taskQueues.flatMap(({ polls }) => polls))
  return {
    TEMPORAL_ADDRESS: host.temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    CHAOS_TASK_QUEUE: taskQueues.map(({ name }) => name).join(),
    CHAOS_POLLS: taskKinds.filter((kind) => polled.has(kind)).join(),
    CHAOS_IDENTITY: label,
    CHAOS_INCARNATION: String(incarnation),
    CHAOS_LEDGER_URL: ledgerUrl,
    CHAOS_WORKER_OPTIONS: JSON.stringify(profile.worker),
  }
}
