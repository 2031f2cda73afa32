// Provides the two Temporal binaries that a cluster needs: the user's, cached, downloaded, or built.
import { cacheEntry, inspectCache } from './cache.ts'
import { cacheUnusable, userBinariesHint, isFileSystemError, provisionFailed } from './failures.ts'
import { installIntoCache } from './install-into-cache.ts'
import { userBinaries } from './user-binaries.ts'
import type { ProvisionOptions } from './options.ts'
import { platformOf, type Binaries } from '../../config/temporal-release.ts'

export interface Provisioned {
  readonly temporalServer: string
  readonly temporalSqlTool: string
}

/**
 * Paths of `temporal-server` and `temporal-sql-tool`, both runnable and of the one version.
 * @throws UsageError if the user names a binary that cannot be used; ChaosError `CHAOS_PROVISION_FAILED`
 *   (kind harness) with everything that was tried; the signal's reason if that is aborted
 */
export async function provision(options: ProvisionOptions): Promise<Provisioned> {
  options.signal.throwIfAborted()
  const found = await userBinaries(options.config, options.signal)
  const server = found['temporal-server']
  const sqlTool = found['temporal-sql-tool']
  if (server !== undefined && sqlTool !== undefined)
    return { temporalServer: server, temporalSqlTool: sqlTool }
  const provided = await provideBinaries(options)
  return {
    temporalServer: server ?? provided['temporal-server'],
    temporalSqlTool: sqlTool ?? provided['temporal-sql-tool'],
  }
}

async function provideBinaries(options: ProvisionOptions): Promise<Binaries> {
  const platform = platformOf()
  if (platform === undefined) {
    const reason = `neither release nor build for ${process.platform} on ${process.arch}`
    throw provisionFailed([{ tried: 'platform', reason }], userBinariesHint)
  }
  const entry = cacheEntry(options.env, platform)
  try {
    const look = await inspectCache(entry)
    return look.state === 'good' ? look.binaries : await installIntoCache(entry, platform, options)
  } catch (thrown) {
    throw isFileSystemError(thrown) ? cacheUnusable(thrown, entry, []) : thrown
  }
}
