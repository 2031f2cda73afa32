// PostgreSQL with Temporal's databases: unpacked from the archive of an earlier start, or created and archived.
import { rm } from 'node:fs/promises'
import { messageOf } from '../../../core/errors.ts'
import { markHandled } from '../../../core/mark-handled.ts'
import { exists, packTemplate, templateFile, unpackTemplate } from './data-template.ts'
import type { ProcessEnvironment } from './process-environment.ts'
import { emptyData, initData, placeData, type PostgresData } from './postgres-data.ts'
import { startPostgres } from './postgres-service.ts'
import type { StartedDatabase } from '../../service/started.ts'
import { postgresUser } from './postgres-user.ts'
import { createSchemas } from './schema.ts'
import { syncFolder } from './sync-folder.ts'

export interface SettlingDatabase extends StartedDatabase {
  /** Resolves once all its files are on the disk, as in a database that has run for a while. */
  readonly settled: Promise<void>
}

/** @throws as `startProcessCluster` does */
export async function startDatabase(
  environment: ProcessEnvironment,
  sqlTool: string,
  cacheFolder: string,
): Promise<SettlingDatabase> {
  environment.onProgress('starting PostgreSQL')
  const data = await placeData(environment, postgresUser())
  const template = await templateFile(cacheFolder, sqlTool)
  const started =
    (await fromTemplate(environment, data, template)) ?? (await anew(environment, data, template, sqlTool))
  // The server starts first, and that may fail.
  return { ...started, settled: markHandled(syncFolder(data.dataFolder)) }
}

/** Undefined if there is no usable template. `anew` then creates one. */
async function fromTemplate(
  environment: ProcessEnvironment,
  data: PostgresData,
  template: string,
): Promise<StartedDatabase | undefined> {
  if (!(await exists(template))) return undefined
  try {
    const password = await unpackTemplate(environment, template, data)
    return await startPostgres(environment, data, password)
  } catch (thrown) {
    environment.signal.throwIfAborted()
    environment.onProgress(`the kept databases cannot be used (${firstLine(thrown)}); making new ones`)
    await rm(environment.logFiles.postgres, { force: true })
    await emptyData(data)
    return undefined
  }
}

async function anew(
  environment: ProcessEnvironment,
  data: PostgresData,
  template: string,
  sqlTool: string,
): Promise<StartedDatabase> {
  await using undo = new AsyncDisposableStack()
  await initData(environment, data)
  const postgres = undo.use(await startPostgres(environment, data))
  environment.onProgress('making the databases')
  await createSchemas(environment, sqlTool, postgres.access)
  await keep(environment, data, template, postgres)
  undo.move()
  return postgres
}

/** If the databases cannot be kept for the next start, this start is still good. */
async function keep(
  environment: ProcessEnvironment,
  data: PostgresData,
  template: string,
  postgres: StartedDatabase,
): Promise<void> {
  const { forced } = await postgres.service.stop()
  try {
    if (forced === false) await packTemplate(environment, template, data)
  } catch (thrown) {
    environment.signal.throwIfAborted()
    environment.onProgress(`cannot keep the databases for the next start: ${firstLine(thrown)}`)
  }
  await postgres.service.start()
}

function firstLine(thrown: unknown): string {
  return messageOf(thrown).split('\n', 1)[0] ?? ''
}
