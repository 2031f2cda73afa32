// The hash of a file that may be large.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** In hex. @throws the file system's own error */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
    hash.update(chunk as Buffer)
  return hash.digest('hex')
}
