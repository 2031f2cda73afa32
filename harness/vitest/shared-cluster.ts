// For `globalSetup` in a vitest.config.ts: one cluster for all test files of a project, owned by vitest's main
// process, which starts and ends it around the tests. Its guard ends it if vitest cannot.
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { readConfig } from '../config/config.ts'
import { startProcessCluster } from '../cluster/backends/process/process-cluster.ts'
import { provision } from '../cluster/provision/provision.ts'
import { writeDeath } from './death.ts'
import { provideSharedCluster } from './provided.ts'
import { redUntilSettled } from './red-until-settled.ts'
import { openSession } from '../sessions/open-session.ts'

/** @returns a function that ends it */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const end = await redUntilSettled(() => start(project))
  return () => redUntilSettled(end)
}

async function start(project: TestProject): Promise<() => Promise<void>> {
  await using building = new AsyncDisposableStack()
  const { env } = process
  const config = readConfig({}, env, ['temporalServer', 'temporalSqlTool', 'temporalMirror'])
  const { signal } = new AbortController()
  const session = building.use(await openSession())
  // The first provisioning may take minutes, and users should see what vitest is doing.
  const onProgress = (text: string) => project.vitest.logger.log(text)
  const binaries = await provision({ config, session, env, signal, onProgress })
  const cluster = building.use(await startProcessCluster({ session, binaries, signal }))
  const deathFile = path.join(session.folder, 'death.json')
  cluster.health.addEventListener('abort', () => writeDeath(deathFile, cluster.health.reason))
  const { backend, endpoint, versions, logFiles } = cluster
  const processes = cluster.processes()
  const known = {
    backend,
    endpoint,
    versions,
    logFiles,
    processes,
    deathFile,
    binaries,
  }
  provideSharedCluster(project, known)
  const owned = building.move()
  return () => owned.disposeAsync()
}
