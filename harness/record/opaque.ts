// Lines of a kind that this version does not know: from a user's own observation, or from a newer version.
// They are kept unchanged.
import { z } from 'zod'

export const opaqueLineSchema = z.looseObject({ kind: z.string() })
export type OpaqueLine = z.infer<typeof opaqueLineSchema>

/** A union of lines with their kind as discriminator. */
interface ByKind {
  readonly options: readonly { readonly shape: { readonly kind: { readonly values: ReadonlySet<string> } } }[]
}

interface Parted {
  /** Lines to parse. A line without a kind is among them, so that the schema rejects it. */
  readonly known: readonly unknown[]
  readonly opaque: readonly OpaqueLine[]
}

/** Separates the lines of a stream by whether this version knows their kind. */
export function partByKind(lines: readonly unknown[], schema: ByKind): Parted {
  const kinds = new Set(schema.options.flatMap(({ shape }) => [...shape.kind.values]))
  const isOpaque = (line: unknown): line is OpaqueLine => {
    const parsed = opaqueLineSchema.safeParse(line)
    return parsed.success && !kinds.has(parsed.data.kind)
  }
  return { known: lines.filter((line) => !isOpaque(line)), opaque: lines.filter(isOpaque) }
}
