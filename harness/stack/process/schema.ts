// Makes the two databases of a Temporal server by Temporal's own tool, side by side.
import { join } from 'node:path'
import type { Ground } from './ground.ts'
import { superuser } from './postgres-cluster.ts'
import type { PostgresAccess } from './postgres-service.ts'
import { runTool } from './tool.ts'

export const databases = { main: 'temporal', visibility: 'temporal_visibility' } as const

/** @throws ChaosError `CHAOS_SCHEMA_FAILED`, `CHAOS_DISK_FULL` */
export async function createSchemas(ground: Ground, sqlTool: string, access: PostgresAccess): Promise<void> {
  await Promise.all([
    createSchema(ground, sqlTool, access, databases.main, 'postgresql/v12/temporal'),
    createSchema(ground, sqlTool, access, databases.visibility, 'postgresql/v12/visibility'),
  ])
}

async function createSchema(
  ground: Ground,
  sqlTool: string,
  access: PostgresAccess,
  database: string,
  schema: string,
): Promise<void> {
  const steps = [
    ['create-database'],
    ['setup-schema', '--version', '0.0'],
    ['update-schema', '--schema-name', schema],
  ]
  for (const step of steps) {
    await runTool({
      session: ground.session,
      file: sqlTool,
      args: [...connection(access.port), '--database', database, ...step],
      options: {
        // Not by an argument: everybody on the machine may read command lines.
        env: { SQL_PASSWORD: access.password },
        logFile: join(ground.folder, `schema-${database}.log`),
      },
      signal: ground.signal,
      task: `make the database ${database} (${step[0]})`,
      code: 'CHAOS_SCHEMA_FAILED',
    })
  }
}

function connection(port: number): string[] {
  return ['--plugin', 'postgres12', '--endpoint', '127.0.0.1', '--port', String(port), '--user', superuser]
}
