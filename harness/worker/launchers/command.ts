// Starts workers that a user declared by a command. They know nothing of the harness: they get the user's own
// environment, with the variables that lead every SDK's configuration to the cluster under test.
import path from 'node:path'
import type { ProjectWorker } from '../../config/project/program-schema.ts'
import { substitute } from '../../config/project/substitute.ts'
import { ChaosError } from '../../core/errors.ts'
import { userEnvironment } from '../../processes/environment.ts'
import type { LaunchRequest, WorkerLauncher } from '../launcher.ts'

export interface CommandLauncherOptions extends Pick<WorkerLauncher, 'replayer'> {
  /** By the names of a run's workers. */
  readonly workers: Readonly<Record<string, Pick<ProjectWorker, 'command' | 'cwd' | 'env' | 'readyWithinMs'>>>
  /** Their folders are relative to it. */
  readonly folder: string
  /** The environment of the user. */
  readonly env: NodeJS.ProcessEnv
  /** How workers reach a cluster that is not the harness's own, besides its address. @default none */
  readonly connection?: Readonly<Record<string, string>> | undefined
}

export function commandLauncher(options: CommandLauncherOptions): WorkerLauncher {
  const { workers, folder, env, replayer, connection = {} } = options
  // It looks at each folder of PATH, and starts are what recovery waits for.
  const theirs = userEnvironment(env)
  return {
    kind: 'command',
    describe: () =>
      Object.values(workers)
        .map(({ command }) => command.join(' '))
        .join(' and '),
    probes: false,
    readyWithinMs: (worker) => workers[worker]?.readyWithinMs,
    replayer,
    async start(request) {
      const worker = workers[request.worker]
      if (worker === undefined) {
        throw new ChaosError(`no command starts the worker ${request.worker}`, { code: 'CHAOS_SPAWN_FAILED' })
      }
      const known = {
        'temporal.address': request.host.temporalAddress,
        'temporal.namespace': request.namespace,
      }
      const [file = '', ...args] = substitute(worker.command, known)
      return request.host.start(
        {
          file,
          args,
          cwd: path.resolve(folder, worker.cwd),
          env: {
            ...theirs,
            ...substitute(worker.env, known),
            ...connection,
            ...variablesOf(request),
          },
          files: {},
        },
        request.logFile,
      )
    },
  }
}

function variablesOf({ host, namespace, ledgerUrl, logFile }: LaunchRequest) {
  return {
    TEMPORAL_ADDRESS: host.temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    CHAOS_LEDGER_URL: ledgerUrl,
    // Without it the SDKs read the user's own file, which may name another server. No such file is there, since
    // some SDKs fail at an empty one.
    TEMPORAL_CONFIG_FILE: `${logFile}.no-temporal.toml`,
  }
}
