// What a container has logged, as its engine kept it.
import { createWriteStream } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type Dockerode from 'dockerode'
import { engineDisk } from '../core/disk-full.ts'
import type { Log } from '../processes/log-tail.ts'

const tailLines = 400

const pieceBytes = 16 * 1024

/** Of docker-modem, which has no types of its own. */
export interface Demux {
  demuxStream(source: Readable, stdout: PassThrough, stderr: PassThrough): void
}

export function containerLog(container: Dockerode.Container, where: string): Log {
  return { where, disk: engineDisk, end: async () => text(await logStream(container, { tail: tailLines })) }
}

/** What it has logged from an instant of the wall clock on; its engine knows seconds. */
export async function containerLogSince(container: Dockerode.Container, sinceMs: number): Promise<string> {
  return text(await logStream(container, { since: Math.floor(sinceMs / 1_000) }))
}

export async function saveContainerLog(container: Dockerode.Container, file: string): Promise<void> {
  await pipeline(await logStream(container), createWriteStream(file))
}

/** stdout and stderr in the order in which they came; the engine sends them as frames of one stream. */
async function logStream(
  container: Dockerode.Container,
  part: Pick<Dockerode.ContainerLogsOptions, 'tail' | 'since'> = {},
): Promise<Readable> {
  const framed = await container.logs({ follow: false, stdout: true, stderr: true, ...part })
  return unframed(container.modem as Demux, framed)
}

/** Without the engine's frames. docker-modem goes one call deeper for each frame of a piece, so pieces are small. */
export function unframed(modem: Demux, framed: Buffer): Readable {
  const settleBoth = new PassThrough()
  const source = Readable.from(piecesOf(framed))
  modem.demuxStream(source, settleBoth, settleBoth)
  source.once('end', () => settleBoth.end())
  return settleBoth
}

function* piecesOf(whole: Buffer): Generator<Buffer> {
  for (let from = 0; from < whole.length; from += pieceBytes) yield whole.subarray(from, from + pieceBytes)
}
