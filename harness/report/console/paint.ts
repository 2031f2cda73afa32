// Colours, only if the stream is a terminal and the user did not switch them off (NO_COLOR, FORCE_COLOR).
import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

export type Paint = (format: Format, text: string) => string

export const plain: Paint = (_format, text) => text

/** The paint for text on `stream`, by Node's own rules. */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  return (format, text) => styleText(format, text, { stream })
}
