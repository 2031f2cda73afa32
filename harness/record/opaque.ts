// Lines of a kind that this version does not know: a user's own observation, or a newer version's. They are kept as they are.
import { z } from 'zod'

export const opaqueLineSchema = z.looseObject({ kind: z.string() })
export type OpaqueLine = z.infer<typeof opaqueLineSchema>

/** A union of lines that are told apart by their kind. */
interface ByKind {
  readonly options: readonly { readonly shape: { readonly kind: { readonly values: ReadonlySet<string> } } }[]
}

interface Parted {
  /** To be parsed. A line without a kind is among them: it is wrong, and the schema says so. */
  readonly known: readonly unknown[]
  readonly opaque: readonly OpaqueLine[]
}

/** The lines of a stream, parted by whether this version knows their kind. */
export function partByKind(lines: readonly unknown[], schema: ByKind): Parted {
  const kinds = new Set(schema.options.flatMap(({ shape }) => [...shape.kind.values]))
  const isOpaque = (line: unknown): line is OpaqueLine => {
    const parsed = opaqueLineSchema.safeParse(line)
    return parsed.success && !kinds.has(parsed.data.kind)
  }
  return { known: lines.filter((line) => !isOpaque(line)), opaque: lines.filter(isOpaque) }
}
