// Creates the two databases of a Temporal server with Temporal's own tool, side by side.
import { join } from 'node:path'
import { ChaosError } from '../../../core/errors.ts'
import type { ProcessEnvironment } from './process-environment.ts'
import { isDiskFullMessage, temporaryDisk } from '../../../core/disk-full.ts'
import { endOf, logTail } from '../../../processes/log-tail.ts'
import { databases, schemaSteps, superuser } from '../../service/databases.ts'
import type { PostgresAccess } from '../../service/postgres-access.ts'
import { runTool } from './tool.ts'

/** @throws ChaosError `CHAOS_SCHEMA_FAILED`, `CHAOS_DISK_FULL` */
export async function createSchemas(
  environment: ProcessEnvironment,
  sqlTool: string,
  access: PostgresAccess,
): Promise<void> {
  const failed = new AbortController()
  const each = { ...environment, signal: AbortSignal.any([environment.signal, failed.signal]) }
  const schemas = [
    createSchema(each, sqlTool, access, databases.main),
    createSchema(each, sqlTool, access, databases.visibility),
  ]
  try {
    await Promise.all(schemas)
  } catch (thrown) {
    // If one has failed, the other must not go on in a database that is being removed.
    failed.abort(thrown)
    await Promise.allSettled(schemas)
    throw await blamePostgres(thrown, environment.logFiles.postgres)
  }
}

/** PostgreSQL reports a full disk in its log; the tool only sees that its connection broke. */
async function blamePostgres(thrown: unknown, logFile: string): Promise<unknown> {
  if (!isDiskFullMessage(await endOf(logFile))) return thrown
  return new ChaosError(`PostgreSQL has no space left; the end of its log:\n${await logTail(logFile)}`, {
    code: 'CHAOS_DISK_FULL',
    hint: temporaryDisk.whenFull,
    cause: thrown,
  })
}

async function createSchema(
  environment: ProcessEnvironment,
  sqlTool: string,
  access: PostgresAccess,
  database: keyof typeof schemaSteps,
): Promise<void> {
  for (const step of schemaSteps[database]) {
    await runTool({
      session: environment.session,
      file: sqlTool,
      args: [...connection(access.port), '--database', database, ...step],
      options: {
        // Not an argument, because everybody on the machine may read command lines.
        env: { SQL_PASSWORD: access.password },
        logFile: join(environment.folder, `schema-${database}.log`),
      },
      signal: environment.signal,
      task: `make the database ${database} (${step[0]})`,
      code: 'CHAOS_SCHEMA_FAILED',
    })
  }
}

function connection(port: number): string[] {
  return ['--plugin', 'postgres12', '--endpoint', '127.0.0.1', '--port', String(port), '--user', superuser]
}
