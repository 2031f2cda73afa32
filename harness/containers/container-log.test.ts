import { text } from 'node:stream/consumers'
import Docker from 'dockerode'
import { expect, test } from 'vitest'
import { unframed, type Demux } from './container-log.ts'

const modem = new Docker().modem as Demux

/** As the engine frames what is written to stdout (1) or stderr (2). */
function frame(stream: 1 | 2, line: string): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt8(stream, 0)
  header.writeUInt32BE(Buffer.byteLength(line), 4)
  return Buffer.concat([header, Buffer.from(line)])
}

test('both streams come in the order in which they were written', async () => {
  const framed = Buffer.concat([frame(1, 'one\n'), frame(2, 'two\n'), frame(1, 'three\n')])
  expect(await text(unframed(modem, framed))).toBe('one\ntwo\nthree\n')
})

test('nothing is left of a log without lines', async () => {
  expect(await text(unframed(modem, Buffer.alloc(0)))).toBe('')
})

test('a log of a long campaign is as good as a short one', async () => {
  const lines = Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`)
  const framed = Buffer.concat(lines.map((line) => frame(1, line)))
  expect(await text(unframed(modem, framed))).toBe(lines.join(''))
})
