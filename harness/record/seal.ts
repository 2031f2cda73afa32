// The seal of a record: the length and digest of each file, written last. A line that was lost, changed or
// added afterwards no longer fits it. It guards against loss and accident, not against somebody with intent.
import { createHash } from 'node:crypto'
import { z } from 'zod'

const sealedFileSchema = z.object({
  lines: z.number().int().min(0),
  /** Of the whole file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type SealedFile = z.infer<typeof sealedFileSchema>

export const sealSchema = z.object({ files: z.record(z.string(), sealedFileSchema) })
export type Seal = z.infer<typeof sealSchema>

/** The field with the number of a line in its file, from 1. The ledger's lines have `sequence` instead. */
export const lineNumberField = '#'

/** Counts and digests what is written to one file. */
export class LineDigest {
  readonly #hash = createHash('sha256')
  #lines = 0

  get lines(): number {
    return this.#lines
  }

  /** @param text whole lines, each with its line break */
  add(text: string | Buffer): void {
    this.#hash.update(text)
    this.#lines += linesIn(text)
  }

  /** What was added so far. */
  get sealed(): SealedFile {
    return { lines: this.#lines, sha256: this.#hash.copy().digest('hex') }
  }
}

export function sealedFile(content: string | Buffer): SealedFile {
  const digest = new LineDigest()
  digest.add(content)
  return digest.sealed
}

/** Where the files of a record differ from its seal; empty if they do not. */
export function differencesFrom(seal: Seal, files: Readonly<Record<string, SealedFile>>): string[] {
  const names = [...new Set([...Object.keys(seal.files), ...Object.keys(files)])]
  return names.flatMap((name) => {
    const [then, now] = [seal.files[name], files[name]]
    if (then === undefined) return [`${name} was added after the record was closed`]
    if (now === undefined)
      return [`${name} is missing: it had ${then.lines} lines when the record was closed`]
    if (then.lines !== now.lines)
      return [`${name} has ${now.lines} lines: it had ${then.lines} when the record was closed`]
    return then.sha256 === now.sha256 ? [] : [`${name} was changed after the record was closed`]
  })
}

function linesIn(text: string | Buffer): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}
