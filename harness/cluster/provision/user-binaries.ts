// The user's own binaries: used as they are or refused with the reason, never replaced silently.
import { resolve } from 'node:path'
import type { Config } from '../../config/config.ts'
import { ChaosError, UsageError } from '../../core/errors.ts'
import { checkBinary } from './binary.ts'
import {
  binaryNames,
  temporalVersion,
  type Binaries,
  type BinaryName,
} from '../../config/temporal-release.ts'
import { flagName } from '../../config/setting.ts'
import { settings } from '../../config/settings.ts'

const settingOf = { 'temporal-server': 'temporalServer', 'temporal-sql-tool': 'temporalSqlTool' } as const

/**
 * Absolute paths of the binaries that the settings name.
 * @throws UsageError if one of them cannot be used
 */
export async function userBinaries(
  config: Pick<Config, 'temporalServer' | 'temporalSqlTool'>,
  signal: AbortSignal,
): Promise<Partial<Binaries>> {
  const found: Partial<Record<BinaryName, string>> = {}
  for (const name of binaryNames) {
    const path = config[settingOf[name]]
    if (path !== undefined) found[name] = await checkUserBinary(name, path, signal)
  }
  return found
}

async function checkUserBinary(name: BinaryName, path: string, signal: AbortSignal): Promise<string> {
  const file = resolve(path)
  try {
    await checkBinary(name, file, signal)
    return file
  } catch (thrown) {
    signal.throwIfAborted()
    if (!(thrown instanceof ChaosError)) throw thrown
    const setting = settings[settingOf[name]]
    const source = `${flagName(setting)} (${setting.env})`
    const hint = `Point it at a ${name} of version ${temporalVersion}, or leave it out to have one provided.`
    throw new UsageError(`${source}: ${thrown.message}`, hint, thrown.code)
  }
}
