// Cuts package.json and pnpm's lockfile down to some of the dependencies: what is installed from the two is those, what
// they need, and each in exactly the version that the whole lockfile says.
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { ChaosError } from '../../harness/core/errors.ts'

const manifestSchema = z.looseObject({
  exports: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
})
const lockfileSchema = z.looseObject({
  importers: z.object({ '.': z.looseObject({ dependencies: z.record(z.string(), z.unknown()) }) }),
})

/** @throws ChaosError `CHAOS_WORKER_DEPENDENCY` where one of them is not in the file */
export function reducedManifest(manifest: string, names: readonly string[]): string {
  const { dependencies, exports, ...rest } = manifestSchema.parse(JSON.parse(manifest))
  const kept = { name: rest['name'], version: rest['version'], private: true, type: rest['type'], exports }
  return `${JSON.stringify({ ...kept, dependencies: only(dependencies, names) }, null, 2)}\n`
}

/** @throws ChaosError `CHAOS_WORKER_DEPENDENCY` where one of them is not in the file */
export function reducedLockfile(lockfile: string, names: readonly string[]): string {
  const { importers, ...rest } = lockfileSchema.parse(parse(lockfile))
  const dependencies = only(importers['.'].dependencies, names)
  return stringify({ ...rest, importers: { '.': { dependencies } } })
}

function only<T>(all: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  const kept = names.map((name) => {
    const value = all[name]
    if (value === undefined) {
      throw new ChaosError(`the worker needs ${name}, which is no dependency in package.json`, {
        code: 'CHAOS_WORKER_DEPENDENCY',
      })
    }
    return [name, value] as const
  })
  return Object.fromEntries(kept)
}
