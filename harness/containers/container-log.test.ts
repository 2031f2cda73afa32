import { statSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import Docker from 'dockerode'
import { expect, test } from 'vitest'
import { openFakeEngine } from '../../test/support/fake-engine.ts'
import { containerLogSince, saveContainerLog, unframed } from './container-log.ts'

/** As the engine frames what is written to stdout (1) or stderr (2). */
function frame(stream: 1 | 2, line: string): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt8(stream, 0)
  header.writeUInt32BE(Buffer.byteLength(line), 4)
  return Buffer.concat([header, Buffer.from(line)])
}

async function* chunksOf(whole: Buffer, bytes: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < whole.length; from += bytes) yield whole.subarray(from, from + bytes)
}

test.each([1, 3, 8, 9, 1_000])(
  'frames cut into chunks of %d bytes come whole and in order',
  async (bytes) => {
    const framed = Buffer.concat([frame(1, 'one\n'), frame(2, ''), frame(2, 'two\n'), frame(1, 'three\n')])
    expect(await text(unframed(chunksOf(framed, bytes)))).toBe('one\ntwo\nthree\n')
  },
)

test('nothing is left of a log without lines', async () => {
  expect(await text(unframed(chunksOf(Buffer.alloc(0), 1)))).toBe('')
})

const log = 'GET /containers/c/logs'

test('a log is asked of the engine as a stream, with both outputs', async () => {
  await using engine = await openFakeEngine({
    [log]: (response) => void response.end(frame(2, 'panic: x\n')),
  })
  const container = new Docker({ socketPath: engine.socketPath }).getContainer('c')
  expect(await containerLogSince(container, 1_500)).toBe('panic: x\n')
  expect(engine.asked).toEqual([log])
})

test('a log is written to disk while the engine still sends it: nothing holds it as a whole', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-log-'))
  const file = path.join(folder, 'log')
  const line = `${'x'.repeat(99)}\n`
  const part = frame(1, line.repeat(10_000))
  async function send(response: ServerResponse): Promise<void> {
    response.write(part)
    await expect.poll(() => sizeOf(file)).toBe(line.length * 10_000)
    response.end(part)
  }
  await using engine = await openFakeEngine({ [log]: (response) => void send(response) })
  try {
    await saveContainerLog(new Docker({ socketPath: engine.socketPath }).getContainer('c'), file)
    expect(await readFile(file, 'utf8')).toBe(line.repeat(20_000))
  } finally {
    await rm(folder, { recursive: true })
  }
})

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
