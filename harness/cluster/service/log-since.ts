// Reads a log from an instant on, backwards from its end: the log of a long campaign is too long to read for
// every run.
import { open } from 'node:fs/promises'
import { timestampOf } from './panics.ts'

/** How much is read at a time. */
const pieceBytes = 256 * 1024

/**
 * The end of a file in Temporal's JSON log format: all lines that were written at `sinceMs` of the wall clock
 * or later, and some before.
 */
export async function logSince(file: string, sinceMs: number, piece = pieceBytes): Promise<string> {
  await using handle = await open(file)
  const pieces: Buffer[] = []
  let start = (await handle.stat()).size
  while (start > 0) {
    const length = Math.min(piece, start)
    start -= length
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(length), position: start })
    const read = buffer.subarray(0, bytesRead)
    pieces.unshift(read)
    if (beginsBefore(read.toString('utf8'), sinceMs)) break
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** By the first whole line that has a timestamp. */
function beginsBefore(text: string, sinceMs: number): boolean {
  const [, ...lines] = text.split('\n')
  const first = lines.map(timestampOf).find((atMs) => atMs !== undefined)
  return first !== undefined && first < sinceMs
}
