// The development server as a service that can be struck.
import { join } from 'node:path'
import { fileLog } from '../../../processes/log-tail.ts'
import type { Exit, Session } from '../../../processes/session.ts'
import { untilServing } from '../../service/serving.ts'
import { TemporalProbe } from '../../service/temporal-probe.ts'
import { namespace } from '../../service/temporal-serving.ts'
import { ProcessDriver } from '../process/process-driver.ts'

export interface DevServer {
  readonly session: Session
  /** The file of the Temporal CLI. */
  readonly program: string
  readonly env: Readonly<Record<string, string>>
  /** It keeps its state in a file, so that it can be killed and started again. */
  readonly keep: boolean
}

export interface DevServerProcess extends DevServer {
  readonly port: number
  readonly signal: AbortSignal
  /** Of this cluster: its database is there. */
  readonly folder: string
  readonly logFile: string
  /** Called for an exit that the harness did not cause. */
  readonly died: (exit: Exit) => void
}

export function devServerDriver(options: DevServerProcess): ProcessDriver {
  const { session, program, env, folder, logFile, port, signal, died } = options
  return new ProcessDriver({
    name: 'temporal-server',
    port,
    stopSignal: 'SIGTERM',
    discardSignal: 'SIGKILL',
    spawn: () =>
      session.spawn(program, devServerArguments(options), {
        cwd: folder,
        logFile,
        // Without it the CLI reads the user's own file, which may name another server.
        env: { ...env, TEMPORAL_CONFIG_FILE: join(folder, 'no-temporal.toml') },
      }),
    async serving(exited) {
      await using probe = new TemporalProbe(`127.0.0.1:${port}`)
      const starting = { name: 'temporal-server', exited, log: fileLog(logFile), signal } as const
      await untilServing(starting, () => probe.startWorkflow(namespace))
      return {}
    },
    died,
  })
}

/** @param options `keep`: without a file it forgets everything when it ends */
export function devServerArguments({
  keep,
  port,
  folder,
}: Pick<DevServerProcess, 'keep' | 'port' | 'folder'>): string[] {
  const usual = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)]
  return keep ? [...usual, '--db-filename', join(folder, 'temporal.db')] : usual
}
