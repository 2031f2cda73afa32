// Keeps what an attached worker logged during a run beside the run's own logs.
import { open, stat, writeFile } from 'node:fs/promises'
import { messageOf } from '../../../core/errors.ts'

/** More of it would be read by nobody, and a worker that runs for weeks may have a large one. */
const mostBytes = 4 * 1024 * 1024

/** @param file its log; undefined if nobody has said where that is */
export async function logKeeper(file: string | undefined, logFile: string): Promise<() => Promise<void>> {
  const from = file === undefined ? 0 : await sizeOf(file)
  return async () => {
    const text = file === undefined ? unknown : await readFrom(file, from)
    await writeFile(logFile, text, { mode: 0o600 })
  }
}

const unknown =
  'The log of a worker that runs already is not known. "attach.log" in the configuration names its file.\n'

/** A file that is not there yet has no bytes. */
async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}

/** The end of the file from there; of a file that was begun anew since then, from its beginning. */
async function readFrom(file: string, from: number): Promise<string> {
  try {
    await using handle = await open(file)
    const { size } = await handle.stat()
    const start = Math.max(size < from ? 0 : from, size - mostBytes)
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - start), position: start })
    return buffer.toString('utf8', 0, bytesRead)
  } catch (thrown) {
    return `The log ${file} cannot be read: ${messageOf(thrown)}\n`
  }
}
