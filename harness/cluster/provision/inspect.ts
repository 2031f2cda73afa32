// Says what provisioning would do, without doing it. It only runs `--version` and asks the release host for headers.
import { toChaosError } from '../../core/errors.ts'
import { cacheEntry, inspectCache } from './cache.ts'
import { userBinariesHint, allSourcesHint } from './failures.ts'
import { userBinaries } from './user-binaries.ts'
import { findGo } from './go.ts'
import { checkReachable, publicUrl } from './http-get.ts'
import type { ProvisionOptions } from './options.ts'
import {
  archiveName,
  binaryNames,
  platformOf,
  releaseUrl,
  temporalVersion,
} from '../../config/temporal-release.ts'

export type InspectOptions = Pick<ProvisionOptions, 'config' | 'env' | 'signal'>

export type SourceInspection =
  | { readonly ready: true; readonly found: string; readonly hint?: never }
  | { readonly ready: false; readonly found: string; readonly hint: string }

/** A person waits for the answer. */
const patienceMs = 3_000

/** Downloads nothing and changes nothing. */
export async function inspectProvision(options: InspectOptions): Promise<SourceInspection> {
  try {
    const found = await userBinaries(options.config, options.signal)
    const yours = binaryNames.flatMap((name) => found[name] ?? [])
    if (yours.length === binaryNames.length) return { ready: true, found: `yours: ${yours.join(', ')}` }
    const provided = await inspectProvided(options)
    return yours.length === 0
      ? provided
      : { ...provided, found: `yours: ${yours.join(', ')}; ${provided.found}` }
  } catch (thrown) {
    options.signal.throwIfAborted()
    const { message, hint, kind } = toChaosError(thrown)
    if (kind !== 'usage') throw thrown
    return { ready: false, found: message, hint: hint ?? userBinariesHint }
  }
}

async function inspectProvided(options: InspectOptions): Promise<SourceInspection> {
  const platform = platformOf()
  if (platform === undefined) return { ready: false, found: 'none for this platform', hint: userBinariesHint }
  const entry = cacheEntry(options.env, platform)
  const look = await inspectCache(entry)
  if (look.state === 'good') return { ready: true, found: `${temporalVersion}, cached in ${entry.folder}` }
  const cache = look.state === 'empty' ? 'not cached yet' : `the cache is damaged (${look.reason})`
  const url = releaseUrl(options.config.temporalMirror, archiveName(platform))
  const unreachable = await reasonOf(options, () =>
    checkReachable(url, { ...options, silenceMs: patienceMs }),
  )
  if (unreachable === undefined)
    return { ready: true, found: `${cache}; would be downloaded: ${publicUrl(url)}` }
  let go = ''
  const noGo = await reasonOf(options, async () => {
    go = (await findGo(options.env, options.signal)).version
  })
  if (noGo === undefined) {
    const found = `${cache}; no download (${unreachable}); would be built with ${go}, which takes minutes`
    return { ready: true, found }
  }
  return {
    ready: false,
    found: `${cache}; no download (${unreachable}); no build (${noGo})`,
    hint: allSourcesHint,
  }
}

/** Why the attempt failed; undefined if it did not. */
async function reasonOf(
  { signal }: InspectOptions,
  attempt: () => Promise<void>,
): Promise<string | undefined> {
  try {
    await attempt()
    return undefined
  } catch (thrown) {
    signal.throwIfAborted()
    const { code, message } = toChaosError(thrown)
    if (code === 'CHAOS_UNEXPECTED') throw thrown
    return message
  }
}
