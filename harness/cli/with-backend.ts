// Settings with the backend that they come to: decided here, before anything is planned.
import type { Config } from '../config/config.ts'
import type { BackendName } from '../config/backends.ts'
import { chooseBackend } from '../cluster/choose-backend.ts'

export interface WithBackend {
  /** Names the backend, so that whatever is run again runs on the same. */
  readonly config: Config
  readonly backend: BackendName
  /** Which one and why, as a line for people. */
  readonly line: string
}

/** @throws as `chooseBackend` does */
export async function withBackend(config: Config, env: NodeJS.ProcessEnv): Promise<WithBackend> {
  const { name, why } = await chooseBackend(config, env)
  return { config: { ...config, backend: name }, backend: name, line: `backend ${name}: ${why}` }
}
