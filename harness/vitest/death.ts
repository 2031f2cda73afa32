// A file that appears as a whole: by it the process that owns a cluster tells the others why the cluster
// died.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { replaceFileSync } from '../core/atomic-file.ts'
import { ChaosError, errorKinds, toChaosError, type ErrorCode } from '../core/errors.ts'

const deathSchema = z.object({
  message: z.string(),
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && code.startsWith('CHAOS_')),
  kind: z.enum(errorKinds),
  hint: z.string().exactOptional(),
})

export function writeDeath(file: string, reason: unknown): void {
  const { message, code, kind, hint } = toChaosError(reason)
  replaceFileSync(file, JSON.stringify({ message, code, kind, hint }))
}

/** Undefined while the cluster lives. */
export function readDeath(file: string): ChaosError | undefined {
  try {
    const { message, ...options } = deathSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return new ChaosError(message, options)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw thrown
  }
}
