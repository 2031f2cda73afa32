// The log of a container, as its engine kept it.
import { createWriteStream } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type Dockerode from 'dockerode'
import { engineDisk } from '../core/disk-full.ts'
import type { Log } from '../processes/log-tail.ts'

const tailLines = 400

const pieceBytes = 16 * 1024

/** Part of docker-modem, which has no types of its own. */
export interface Demux {
  demuxStream(source: Readable, stdout: PassThrough, stderr: PassThrough): void
}

export function containerLog(container: Dockerode.Container, where: string): Log {
  return { where, disk: engineDisk, end: async () => text(await logStream(container, { tail: tailLines })) }
}

/** The log from an instant of the wall clock on. The engine rounds it down to a second. */
export async function containerLogSince(container: Dockerode.Container, sinceMs: number): Promise<string> {
  return text(await logStream(container, { since: Math.floor(sinceMs / 1_000) }))
}

export async function saveContainerLog(container: Dockerode.Container, file: string): Promise<void> {
  await pipeline(await logStream(container), createWriteStream(file))
}

/** stdout and stderr in their order; the engine sends them as frames of one stream. */
async function logStream(
  container: Dockerode.Container,
  part: Pick<Dockerode.ContainerLogsOptions, 'tail' | 'since'> = {},
): Promise<Readable> {
  const framed = await container.logs({ follow: false, stdout: true, stderr: true, ...part })
  return unframed(container.modem as Demux, framed)
}

/**
 * Removes the engine's frames. Pieces are small because docker-modem recurses once for each frame of a piece.
 */
export function unframed(modem: Demux, framed: Buffer): Readable {
  const output = new PassThrough()
  const source = Readable.from(piecesOf(framed))
  modem.demuxStream(source, output, output)
  source.once('end', () => output.end())
  return output
}

function* piecesOf(whole: Buffer): Generator<Buffer> {
  for (let from = 0; from < whole.length; from += pieceBytes) yield whole.subarray(from, from + pieceBytes)
}
