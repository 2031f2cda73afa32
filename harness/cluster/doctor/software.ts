// Checks where a cluster's programs would come from if a campaign started now.
import { toChaosError } from '../../core/errors.ts'
import { findPostgresPackage } from '../backends/process/postgres-binaries.ts'
import { findGo } from '../provision/go.ts'
import { inspectProvision, type InspectOptions } from '../provision/inspect.ts'
import { missing, ok, warning, type Check } from './check.ts'

export function checkPostgres(): Check {
  const name = 'PostgreSQL'
  try {
    return ok(name, findPostgresPackage())
  } catch (thrown) {
    const { message, hint } = toChaosError(thrown)
    return missing(name, message, hint ?? 'Install again with "pnpm install".')
  }
}

export async function checkTemporal(options: InspectOptions): Promise<Check> {
  const name = 'Temporal'
  const { ready, found, hint } = await inspectProvision(options)
  return ready ? ok(name, found) : missing(name, found, hint)
}

/** Only needed if neither the cache nor a download has the binaries, so it is never `missing`. */
export async function checkGo({ env, signal }: InspectOptions): Promise<Check> {
  const name = 'Go'
  try {
    const { path, version } = await findGo(env, signal)
    return ok(name, `${version}, ${path}`)
  } catch (thrown) {
    signal.throwIfAborted()
    const hint = 'Only needed where Temporal can neither be downloaded nor found in the cache.'
    return warning(name, toChaosError(thrown).message, hint)
  }
}
