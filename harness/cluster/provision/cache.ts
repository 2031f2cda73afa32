// Where provided binaries are kept between campaigns, and when they can be trusted.
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { cacheRoot } from '../../core/cache-root.ts'
import { ChaosError, messageOf } from '../../core/errors.ts'
import { sha256Of } from '../../core/sha256.ts'
import { checkExecutable } from './binary.ts'
import {
  binariesIn,
  binaryNames,
  temporalVersion,
  type Binaries,
  type Platform,
} from '../../config/temporal-release.ts'

export const manifestFile = 'installed.json'

/** Written last, before the folder is renamed into place: without it the folder does not count. */
export const manifestSchema = z.object({
  schema: z.literal(1),
  version: z.literal(temporalVersion),
  /** Where the binaries come from, for people. */
  source: z.string(),
  installedAt: z.iso.datetime(),
  bytes: z.object({ 'temporal-server': z.number(), 'temporal-sql-tool': z.number() }),
  /** Entries of earlier harness versions have none. */
  sha256: z
    .object({ 'temporal-server': z.hash('sha256'), 'temporal-sql-tool': z.hash('sha256') })
    .exactOptional(),
})

/** One version for one platform in the cache. */
export interface CacheEntry {
  /** Folder that holds the entry, its lock and its staging folders. */
  readonly parent: string
  readonly name: string
  readonly folder: string
}

export type CacheState =
  | { readonly state: 'good'; readonly binaries: Binaries }
  | { readonly state: 'empty' }
  | { readonly state: 'damaged'; readonly reason: string }

export function cacheEntry(env: NodeJS.ProcessEnv, platform: Platform): CacheEntry {
  const parent = join(cacheRoot(env), 'temporal')
  const name = `${temporalVersion}-${platform.os}-${platform.arch}`
  return { parent, name, folder: join(parent, name) }
}

/**
 * Looks without running anything, since every campaign starts here: sizes and hashes written down at the
 * installation catch what a full disk or a lost power supply leaves behind, and what was changed since.
 */
export async function inspectCache(entry: CacheEntry): Promise<CacheState> {
  try {
    await stat(entry.folder)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'empty' }
    return { state: 'damaged', reason: messageOf(thrown) }
  }
  const binaries = binariesIn(entry.folder)
  try {
    const manifest = manifestSchema.parse(
      JSON.parse(await readFile(join(entry.folder, manifestFile), 'utf8')),
    )
    for (const name of binaryNames) {
      await checkExecutable(binaries[name])
      const { size } = await stat(binaries[name])
      if (size !== manifest.bytes[name]) throw wrongSize(binaries[name], size, manifest.bytes[name])
      const expected = manifest.sha256?.[name]
      if (expected !== undefined && (await sha256Of(binaries[name])) !== expected)
        throw unusable(`${binaries[name]} is not what was installed: its sha256 has changed`)
    }
    return { state: 'good', binaries }
  } catch (thrown) {
    return {
      state: 'damaged',
      reason: thrown instanceof z.ZodError ? 'its manifest is not valid' : messageOf(thrown),
    }
  }
}

function wrongSize(file: string, bytes: number, expected: number): ChaosError {
  return unusable(`${file} has ${bytes} bytes instead of ${expected}`)
}

function unusable(message: string): ChaosError {
  return new ChaosError(message, { code: 'CHAOS_BINARY_UNUSABLE' })
}
