// The first source: the official release archive, checked against the release's checksum file before it is opened.
import { join } from 'node:path'
import { extract } from 'tar'
import { ChaosError, messageOf } from '../../core/errors.ts'
import { downloadFile, downloadText } from './download.ts'
import { isFileSystemError } from './failures.ts'
import { publicUrl } from './http-get.ts'
import { everySecond, transferred } from './progress.ts'
import {
  archiveName,
  binaryNames,
  checksumIn,
  checksumsFile,
  releaseUrl,
} from '../../config/temporal-release.ts'
import type { BinarySource, BinarySourceContext } from './binary-source.ts'

export const releaseArchive: BinarySource = { name: 'download', fetch: fetchRelease }

async function fetchRelease(context: BinarySourceContext): Promise<string> {
  const name = archiveName(context.platform)
  const url = releaseUrl(context.mirror, name)
  const expected = await expectedHash(context, name)
  const file = join(context.staging.work, name)
  const actual = await downloadArchive(context, url, file)
  if (actual !== expected) {
    throw failed(
      `${publicUrl(url)} has the sha256 ${actual}, but ${checksumsFile} beside it says ${expected}`,
    )
  }
  await unpack(file, context)
  return publicUrl(url)
}

async function expectedHash(context: BinarySourceContext, name: string): Promise<string> {
  const url = releaseUrl(context.mirror, checksumsFile)
  using _ = everySecond((elapsed) =>
    context.onProgress(`asking ${url.host} for Temporal's release, ${elapsed}`),
  )
  const hash = checksumIn(await downloadText(url, context), name)
  if (hash === undefined) throw failed(`${publicUrl(url)} does not list ${name}`)
  return hash
}

async function downloadArchive(context: BinarySourceContext, url: URL, file: string): Promise<string> {
  let progress = transferred(0, undefined)
  using _ = everySecond((elapsed) =>
    context.onProgress(`downloading ${publicUrl(url)}: ${progress}, ${elapsed}`),
  )
  const onBytes = (bytes: number, total: number | undefined): void => {
    progress = transferred(bytes, total)
  }
  try {
    return await downloadFile(url, file, { ...context, onBytes })
  } catch (thrown) {
    context.signal.throwIfAborted()
    if (!(thrown instanceof ChaosError)) throw thrown
    throw failed(`${thrown.message}, after ${progress}`, thrown)
  }
}

/** Takes only the two binaries, and only as plain files: nothing else in an archive may touch the disk. */
async function unpack(file: string, context: BinarySourceContext): Promise<void> {
  const found = new Set<string>()
  const filter = (path: string, entry: object): boolean => {
    const name = binaryNames.find((binary) => path.replace(/^\.\//, '') === binary)
    const plain = 'type' in entry && (entry.type === 'File' || entry.type === 'OldFile')
    // Once aborted nothing more is written: tar has no signal of its own.
    if (name === undefined || !plain || context.signal.aborted) return false
    found.add(name)
    return true
  }
  try {
    await extract({ file, cwd: context.staging.outputDir, strict: true, preserveOwner: false, filter })
  } catch (thrown) {
    throw isFileSystemError(thrown)
      ? thrown
      : failed(`the archive cannot be unpacked: ${messageOf(thrown)}`, thrown)
  }
  context.signal.throwIfAborted()
  const missing = binaryNames.filter((name) => !found.has(name))
  if (missing.length > 0) throw failed(`the archive does not hold ${missing.join(' and ')}`)
}

function failed(message: string, cause?: unknown): ChaosError {
  return new ChaosError(message, { code: 'CHAOS_DOWNLOAD_FAILED', ...(cause === undefined ? {} : { cause }) })
}
