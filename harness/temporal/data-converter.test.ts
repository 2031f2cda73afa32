import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { xorCodec } from '../../fixtures/xor-codec.ts'
import { importDataConverter } from './data-converter.ts'

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

test('loads what a module exports', async () => {
  const { payloadCodecs } = await importDataConverter(fileOf('../../fixtures/xor-codec.ts'))
  expect(payloadCodecs).toEqual([xorCodec])
})

test('says which file has none, or cannot be loaded', async () => {
  const code = 'CHAOS_DATA_CONVERTER'
  const none = fileOf('grpc.ts')
  await expect(importDataConverter(none)).rejects.toMatchObject({
    code,
    message: `${none} exports no dataConverter`,
  })
  const missing = fileOf('missing.ts')
  await expect(importDataConverter(missing)).rejects.toMatchObject({
    code,
    message: `the data converter ${missing} cannot be loaded`,
  })
})
