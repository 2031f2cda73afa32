// Where a container engine may be, known without asking anybody.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export const defaultSocket = '/var/run/docker.sock'

/** Whether an engine is worth asking for: loading what asks costs half a second. */
export function mayHaveEngine(env: NodeJS.ProcessEnv): boolean {
  if (env['DOCKER_HOST'] !== undefined || env['TESTCONTAINERS_HOST'] !== undefined) return true
  const home = env['HOME'] ?? homedir()
  const runtime = env['XDG_RUNTIME_DIR'] ?? `/run/user/${process.getuid?.() ?? 0}`
  const inHome = ['.docker/run/docker.sock', '.docker/desktop/docker.sock', '.testcontainers.properties']
  const places = [defaultSocket, join(runtime, 'docker.sock'), ...inHome.map((file) => join(home, file))]
  return places.some((place) => existsSync(place))
}
