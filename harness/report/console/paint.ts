// Colour for people: only where the stream is a terminal and nobody asked for none (NO_COLOR, FORCE_COLOR).
import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

export type Paint = (format: Format, text: string) => string

export const plain: Paint = (_format, text) => text

/** Paint for what is written to `stream`, as Node's own rules for it say. */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  return (format, text) => styleText(format, text, { stream })
}
