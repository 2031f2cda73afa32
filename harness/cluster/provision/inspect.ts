// What provisioning would do, without doing it: it asks binaries for their versions and the release host whether it is there.
import { toChaosError } from '../../core/errors.ts'
import { cacheEntry, lookIntoCache } from './cache.ts'
import { givenHint, otherWaysHint } from './failures.ts'
import { givenBinaries } from './user-binaries.ts'
import { findGo } from './go.ts'
import { checkReachable, shown } from './http-get.ts'
import type { ProvisionOptions } from './options.ts'
import {
  archiveName,
  binaryNames,
  platformOf,
  releaseUrl,
  temporalVersion,
} from '../../config/temporal-release.ts'

export type SurveyOptions = Pick<ProvisionOptions, 'config' | 'env' | 'signal'>

export type SourceInspection =
  | { readonly ready: true; readonly found: string; readonly hint?: never }
  | { readonly ready: false; readonly found: string; readonly hint: string }

/** A person waits for the answer. */
const patienceMs = 3_000

/** Downloads nothing and changes nothing. */
export async function surveyProvision(options: SurveyOptions): Promise<SourceInspection> {
  try {
    const given = await givenBinaries(options.config, options.signal)
    const yours = binaryNames.flatMap((name) => given[name] ?? [])
    if (yours.length === binaryNames.length) return { ready: true, found: `yours: ${yours.join(', ')}` }
    const inspectSources = await surveyProvided(options)
    return yours.length === 0
      ? inspectSources
      : { ...inspectSources, found: `yours: ${yours.join(', ')}; ${inspectSources.found}` }
  } catch (thrown) {
    options.signal.throwIfAborted()
    const { message, hint, kind } = toChaosError(thrown)
    if (kind !== 'usage') throw thrown
    return { ready: false, found: message, hint: hint ?? givenHint }
  }
}

async function surveyProvided(options: SurveyOptions): Promise<SourceInspection> {
  const platform = platformOf()
  if (platform === undefined) return { ready: false, found: 'none for this platform', hint: givenHint }
  const entry = cacheEntry(options.env, platform)
  const look = await lookIntoCache(entry)
  if (look.state === 'good') return { ready: true, found: `${temporalVersion}, cached in ${entry.folder}` }
  const cache = look.state === 'empty' ? 'not cached yet' : `the cache is damaged (${look.reason})`
  const url = releaseUrl(options.config.temporalMirror, archiveName(platform))
  const unreachable = await reasonOf(options, () =>
    checkReachable(url, { ...options, silenceMs: patienceMs }),
  )
  if (unreachable === undefined) return { ready: true, found: `${cache}; would be downloaded: ${shown(url)}` }
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
    hint: otherWaysHint,
  }
}

/** Why it did not work; undefined where it did. */
async function reasonOf(
  { signal }: SurveyOptions,
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
