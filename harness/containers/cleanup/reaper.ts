// testcontainers has a container of its own, Ryuk, to clean up after a process that died. It is welcome, but it would be
// pulled where it is not there, and nothing is pulled unasked: the guard and the sweep do the same without it.
import { hasImage } from '../images/choose-images.ts'
import type { Engine } from '../engine/engine.ts'

/** What testcontainers 12 runs where `RYUK_CONTAINER_IMAGE` does not say otherwise. */
export const defaultReaper = 'testcontainers/ryuk:0.14.0'
const disabling = 'TESTCONTAINERS_RYUK_DISABLED'

/** Leaves alone what the user has set. @param env the process's own: testcontainers reads it from there */
export async function keepReaperOffline(
  engine: Pick<Engine, 'docker'>,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (env[disabling] !== undefined) return
  if (!(await hasImage(engine.docker, env['RYUK_CONTAINER_IMAGE'] || defaultReaper))) env[disabling] = 'true'
}
