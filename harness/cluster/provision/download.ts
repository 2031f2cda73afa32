// Fetches the parts of a release: a small text as a whole, a large file to disk with its hash taken on the way.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ChaosError } from '../../core/errors.ts'
import { getBody, publicUrl, type GetOptions } from './http-get.ts'

const maxTextBytes = 1_000_000

/** @throws ChaosError `CHAOS_DOWNLOAD_FAILED`, also if it is longer than any checksum file would be */
export async function downloadText(url: URL, options: GetOptions): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of getBody(url, options)) {
    bytes += chunk.length
    if (bytes > maxTextBytes) throw tooLong(url)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * @param onBytes told of every piece: bytes so far and, if the server says, in all
 * @returns the sha256 of what was received, in hex
 * @throws ChaosError `CHAOS_DOWNLOAD_FAILED` if the network fails; the file system's own error if the disk does
 */
export async function downloadFile(
  url: URL,
  file: string,
  options: GetOptions & { readonly onBytes: (bytes: number, totalBytes: number | undefined) => void },
): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  let totalBytes: number | undefined
  const hashed = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of getBody(url, options, (total) => (totalBytes = total))) {
      hash.update(chunk)
      bytes += chunk.length
      options.onBytes(bytes, totalBytes)
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
  return new ChaosError(`${publicUrl(url)} is longer than ${maxTextBytes} bytes`, {
    code: 'CHAOS_DOWNLOAD_FAILED',
  })
}
