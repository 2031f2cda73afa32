// Decides the backend before anything is planned, and puts it into the settings.
import type { Config } from '../config/config.ts'
import type { BackendName } from '../config/backends.ts'
import { chooseBackend } from '../cluster/choose-backend.ts'

export interface WithBackend {
  /** Names the chosen backend, so that a rerun uses the same one. */
  readonly config: Config
  readonly backend: BackendName
  /** The backend and why it was chosen, as a line for people. */
  readonly line: string
}

/** @throws as `chooseBackend` does */
export async function withBackend(config: Config, env: NodeJS.ProcessEnv): Promise<WithBackend> {
  const { name, why } = await chooseBackend(config, env)
  return { config: { ...config, backend: name }, backend: name, line: `backend ${name}: ${why}` }
}
