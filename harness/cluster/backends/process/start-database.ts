// PostgreSQL with Temporal's databases in it: from what an earlier start has kept, else made anew and kept.
import { rm } from 'node:fs/promises'
import { messageOf } from '../../../core/errors.ts'
import { waitedForLater } from '../../../core/mark-handled.ts'
import { exists, packTemplate, templateFile, unpackTemplate } from './data-template.ts'
import type { Ground } from './process-environment.ts'
import { emptyCluster, initCluster, placeCluster, type Cluster } from './postgres-data.ts'
import { startPostgres, type StartedPostgres } from './postgres-service.ts'
import { postgresUser } from './postgres-user.ts'
import { createSchemas } from './schema.ts'
import { syncFolder } from './sync-folder.ts'

export interface StartedDatabase extends StartedPostgres {
  /** Resolves once all of it is on the disk, as that of a database that has run for a while is. */
  readonly settled: Promise<void>
}

/** @throws as `startProcessStack` does */
export async function startDatabase(
  ground: Ground,
  sqlTool: string,
  cacheFolder: string,
): Promise<StartedDatabase> {
  ground.onProgress('starting PostgreSQL')
  const cluster = await placeCluster(ground, postgresUser())
  const template = await templateFile(cacheFolder, sqlTool)
  const started =
    (await fromTemplate(ground, cluster, template)) ?? (await anew(ground, cluster, template, sqlTool))
  // The start of the server comes first, and may fail.
  return { ...started, settled: waitedForLater(syncFolder(cluster.dataFolder)) }
}

/** Undefined where there is no template, or none that is of use: `anew` puts another one in its place. */
async function fromTemplate(
  ground: Ground,
  cluster: Cluster,
  template: string,
): Promise<StartedPostgres | undefined> {
  if (!(await exists(template))) return undefined
  try {
    const password = await unpackTemplate(ground, template, cluster)
    return await startPostgres(ground, cluster, password)
  } catch (thrown) {
    ground.signal.throwIfAborted()
    ground.onProgress(`the kept databases cannot be used (${firstLine(thrown)}); making new ones`)
    await rm(ground.logFiles.postgres, { force: true })
    await emptyCluster(cluster)
    return undefined
  }
}

async function anew(
  ground: Ground,
  cluster: Cluster,
  template: string,
  sqlTool: string,
): Promise<StartedPostgres> {
  await using undo = new AsyncDisposableStack()
  await initCluster(ground, cluster)
  const postgres = undo.use(await startPostgres(ground, cluster))
  ground.onProgress('making the databases')
  await createSchemas(ground, sqlTool, postgres.access)
  await keep(ground, cluster, template, postgres)
  undo.move()
  return postgres
}

/** A start that cannot keep its databases for the next one is a good start all the same. */
async function keep(
  ground: Ground,
  cluster: Cluster,
  template: string,
  postgres: StartedPostgres,
): Promise<void> {
  const { forced } = await postgres.service.stop()
  try {
    if (forced === false) await packTemplate(ground, template, cluster)
  } catch (thrown) {
    ground.signal.throwIfAborted()
    ground.onProgress(`cannot keep the databases for the next start: ${firstLine(thrown)}`)
  }
  await postgres.service.start()
}

function firstLine(thrown: unknown): string {
  return messageOf(thrown).split('\n', 1)[0] ?? ''
}
