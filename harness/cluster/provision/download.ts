// What a release is made of, fetched: a small text whole, a large file to disk with its hash taken on the way.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ChaosError } from '../../core/errors.ts'
import { openGet, shown, type GetOptions } from './http-get.ts'

const mostTextBytes = 1_000_000

/** @throws ChaosError `CHAOS_DOWNLOAD_FAILED`, also where it is longer than any checksum file would be */
export async function downloadText(url: URL, options: GetOptions): Promise<string> {
  using answer = await openGet(url, options)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer.body()) {
    bytes += chunk.length
    if (bytes > mostTextBytes) throw tooLong(url)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * @param onBytes told of every piece: bytes so far and, where the server says, in all
 * @returns the sha256 of what was received, in hex
 * @throws ChaosError `CHAOS_DOWNLOAD_FAILED` for the network's part, the file system's own error for the disk's
 */
export async function downloadFile(
  url: URL,
  file: string,
  options: GetOptions & { readonly onBytes: (bytes: number, totalBytes: number | undefined) => void },
): Promise<string> {
  using answer = await openGet(url, options)
  const hash = createHash('sha256')
  let bytes = 0
  const hashed = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of answer.body()) {
      hash.update(chunk)
      bytes += chunk.length
      options.onBytes(bytes, answer.totalBytes)
      yield chunk
    }
  }
  try {
    await pipeline(hashed, createWriteStream(file, { flags: 'wx' }), { signal: options.signal })
  } catch (thrown) {
    throw options.signal.aborted ? options.signal.reason : thrown
  }
  return hash.digest('hex')
}

function tooLong(url: URL): ChaosError {
  return new ChaosError(`${shown(url)} is longer than ${mostTextBytes} bytes`, {
    code: 'CHAOS_DOWNLOAD_FAILED',
  })
}
