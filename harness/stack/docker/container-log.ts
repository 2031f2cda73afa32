// What a container has logged, as its engine kept it.
import { createWriteStream } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type Dockerode from 'dockerode'
import type { Log } from '../service/log-tail.ts'

const tailLines = 400

/** Of docker-modem, which has no types of its own. */
interface Demux {
  demuxStream(this: unknown, source: Readable, stdout: PassThrough, stderr: PassThrough): void
}

export function containerLog(container: Dockerode.Container, where: string): Log {
  return { where, end: async () => text(await logStream(container, tailLines)) }
}

export async function saveContainerLog(container: Dockerode.Container, file: string): Promise<void> {
  await pipeline(await logStream(container), createWriteStream(file))
}

/** stdout and stderr in the order in which they came; the engine sends them as frames of one stream. */
async function logStream(container: Dockerode.Container, tail?: number): Promise<Readable> {
  const framed = await container.logs({
    follow: false,
    stdout: true,
    stderr: true,
    ...(tail === undefined ? {} : { tail }),
  })
  const both = new PassThrough()
  const source = Readable.from([framed])
  const { demuxStream } = container.modem as Demux
  demuxStream.call(container.modem, source, both, both)
  source.once('end', () => both.end())
  return both
}
