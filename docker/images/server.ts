// The Temporal server and its schema tool: the same binaries that clusters of processes run.
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig, type Config } from '../../harness/config/config.ts'
import { ownImages } from '../../harness/containers/images/images.ts'
import { provision } from '../../harness/cluster/provision/provision.ts'
import { temporalVersion } from '../../harness/config/temporal-release.ts'
import type { Image } from './image.ts'

const common = { aliases: [], needsPostgres: false, files: [], versions: [temporalVersion] } as const

/** Without the binaries that settings name: an image of the official name has what it says in it. */
export function configOfBuild(env: NodeJS.ProcessEnv): Config {
  return readConfig({}, { ...env, CHAOS_TEMPORAL_SERVER: undefined, CHAOS_TEMPORAL_SQL_TOOL: undefined })
}

export const server: Image = {
  ...common,
  key: 'server',
  name: ownImages.server,
  async fill(site, context) {
    const { temporalServer } = await provision({ ...site, config: configOfBuild(site.env) })
    await copyFile(temporalServer, join(context, 'temporal-server'))
  },
}

export const adminTools: Image = {
  ...common,
  key: 'admin-tools',
  name: ownImages.adminTools,
  async fill(site, context) {
    const { temporalSqlTool } = await provision({ ...site, config: configOfBuild(site.env) })
    await copyFile(temporalSqlTool, join(context, 'temporal-sql-tool'))
  },
}
