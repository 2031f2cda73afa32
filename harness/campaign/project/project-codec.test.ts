import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultPayloadConverter } from '@temporalio/common'
import { afterAll, expect, test } from 'vitest'
import { openCodecServer } from '../../../test/support/codec-server.ts'
import type { PayloadReader } from '../../temporal/payload-reader.ts'
import { projectCodec } from './project-codec.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chaos-codec-'))
afterAll(() => rm(folder, { recursive: true }))
const fixture = fileURLToPath(new URL('../../../fixtures/xor-codec.ts', import.meta.url))

/** A module of the project that exports this. */
function file(name: string, exported: string): string {
  writeFileSync(
    path.join(folder, name),
    `import { xorCodec } from '${fixture}'\nexport default ${exported}\n`,
  )
  return name
}

async function encodingBy({ dataConverter }: PayloadReader): Promise<string> {
  const [codec] = dataConverter.payloadCodecs ?? []
  const [encoded] = (await codec?.encode([defaultPayloadConverter.toPayload('x')])) ?? []
  return Buffer.from(encoded?.metadata?.['encoding'] ?? []).toString()
}

const open = (module: string) => projectCodec({ kind: 'module', module }, folder, {})

test('a module exports a codec, or a data converter with one', async () => {
  for (const module of [
    file('codec.ts', 'xorCodec'),
    file('converter.ts', '{ payloadCodecs: [xorCodec] }'),
  ]) {
    const reader = await (await open(module))('orders')
    expect(await encodingBy(reader)).toBe('binary/xor')
    expect(reader.health?.aborted).toBe(false)
  }
})

test('a module that exports something else, and one that is not there', async () => {
  const invalid = { code: 'CHAOS_CONFIG_INVALID', kind: 'usage' }
  await expect(open(file('none.ts', '[1]'))).rejects.toMatchObject({
    ...invalid,
    message: `${path.join(folder, 'none.ts')} has no codec as its default export`,
  })
  await expect(open('missing.ts')).rejects.toMatchObject(invalid)
})

test('a codec that does not decode what it encoded, and one that fails later, end the work', async () => {
  const half = file('half.ts', '{ encode: xorCodec.encode, decode: async (payloads) => payloads }')
  await expect((await open(half))('orders')).rejects.toMatchObject({
    code: 'CHAOS_CODEC_FAILED',
    message: expect.stringContaining('what it decodes is not what it had encoded'),
  })
  const once = file(
    'once.ts',
    "(() => { let left = 1; return { encode: xorCodec.encode, decode: async (payloads) => { if (left-- > 0) return xorCodec.decode(payloads); throw new Error('the key is gone') } } })()",
  )
  const { dataConverter, health } = await (await open(once))('orders')
  await expect(dataConverter.payloadCodecs?.[0]?.decode([])).rejects.toMatchObject({
    code: 'CHAOS_CODEC_FAILED',
    message: `the codec ${path.join(folder, 'once.ts')} failed: the key is gone`,
  })
  expect(health?.reason).toMatchObject({ code: 'CHAOS_CODEC_FAILED' })
})

test('an endpoint gets the namespace and the header that the variable holds', async () => {
  await using server = await openCodecServer()
  const declared = {
    kind: 'endpoint',
    endpoint: server.url,
    authVariable: 'CODEC_AUTH',
    withinMs: 20_000,
  } as const
  const opened = await projectCodec(declared, folder, { CODEC_AUTH: 'Bearer key' })
  expect(await encodingBy(await opened('orders'))).toBe('binary/xor')
  const sent = { 'x-namespace': 'orders', authorization: 'Bearer key' }
  for (const { headers } of server.requests) expect(headers).toMatchObject(sent)
  await expect(projectCodec(declared, folder, { CODEC_AUTH: '' })).rejects.toMatchObject({
    code: 'CHAOS_CONFIG_INVALID',
    message: expect.stringContaining('the variable CODEC_AUTH'),
  })
})
