// Starts a worker that a user declared by a command. It knows nothing of the harness: it gets the user's own environment,
// with the variables that lead every SDK's configuration to the cluster under test.
import path from 'node:path'
import type { CommandStart } from '../../config/project/worker-schema.ts'
import { substitute } from '../../config/project/substitute.ts'
import type { LaunchRequest } from '../launcher.ts'
import type { WorkerProcess } from '../worker-process.ts'

export interface CommandPlace {
  /** The folders of workers are relative to it. */
  readonly folder: string
  /** The environment of a user's own program. */
  readonly env: Readonly<Record<string, string>>
  /** How workers reach a cluster that is not the harness's own, besides its address. @default none */
  readonly connection?: Readonly<Record<string, string>> | undefined
}

export function startCommand(
  start: CommandStart,
  { folder, env, connection = {} }: CommandPlace,
  request: LaunchRequest,
): Promise<WorkerProcess> {
  const known = {
    'temporal.address': request.host.temporalAddress,
    'temporal.namespace': request.namespace,
  }
  const [file = '', ...args] = substitute(start.command, known)
  return request.host.start(
    {
      file,
      args,
      cwd: path.resolve(folder, start.cwd),
      env: { ...env, ...substitute(start.env, known), ...connection, ...variablesOf(request) },
      files: {},
    },
    request.logFile,
  )
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
