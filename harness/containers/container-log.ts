// The log of a container, as its engine kept it. It is passed on piece by piece: the log of a long campaign would
// fill the command's memory.
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type Dockerode from 'dockerode'
import { engineDisk } from '../core/disk-full.ts'
import type { Log } from '../processes/log-tail.ts'

const tailLines = 400

/** Stream (one byte), three bytes of nothing, length of what follows (four bytes). */
const frameHeaderBytes = 8
const lengthAt = 4

/** Part of docker-modem, which has no types of its own. */
interface Dialing {
  dial(
    options: { path: string; method: string; isStream: boolean; statusCodes: Record<number, true | string> },
    done: (error: Error | null, answer: Readable) => void,
  ): void
}

export function containerLog(container: Dockerode.Container, where: string): Log {
  const end = async () => text(unframed(await framedLog(container, { tail: tailLines })))
  return { where, disk: engineDisk, end }
}

/** The log from an instant of the wall clock on. The engine rounds it down to a second. */
export async function containerLogSince(container: Dockerode.Container, sinceMs: number): Promise<string> {
  return text(unframed(await framedLog(container, { since: Math.floor(sinceMs / 1_000) })))
}

export async function saveContainerLog(container: Dockerode.Container, file: string): Promise<void> {
  await pipeline(await framedLog(container), unframed, createWriteStream(file))
}

/** stdout and stderr in their order, as frames of one stream. dockerode's own `logs` collects them as a whole. */
function framedLog(
  { id, modem }: Dockerode.Container,
  part: { readonly tail?: number; readonly since?: number } = {},
): Promise<Readable> {
  const query = new URLSearchParams({ stdout: 'true', stderr: 'true', follow: 'false' })
  for (const [name, value] of Object.entries(part)) query.set(name, `${value}`)
  return new Promise((resolve, reject) => {
    ;(modem as Dialing).dial(
      {
        path: `/containers/${id}/logs?${query.toString()}`,
        method: 'GET',
        isStream: true,
        statusCodes: { 200: true, 404: 'no such container', 500: 'server error' },
      },
      (error, answer) => (error === null ? resolve(answer) : reject(error)),
    )
  })
}

/** What the engine's frames contain. */
export async function* unframed(framed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let header: Buffer = Buffer.alloc(0)
  let left = 0
  for await (const chunk of framed) {
    let data = header.length === 0 ? chunk : Buffer.concat([header, chunk])
    header = Buffer.alloc(0)
    while (data.length > 0) {
      if (left > 0) {
        const piece = data.subarray(0, left)
        left -= piece.length
        data = data.subarray(piece.length)
        yield piece
      } else if (data.length < frameHeaderBytes) {
        header = data
        break
      } else {
        left = data.readUInt32BE(lengthAt)
        data = data.subarray(frameHeaderBytes)
      }
    }
  }
}
