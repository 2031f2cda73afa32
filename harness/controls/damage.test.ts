import { expect, test } from 'vitest'
import { sealedFiles } from '../../test/support/sealed-record.ts'
import { resealed } from '../mutation/reseal.ts'
import { recordFiles, sealFile } from '../record/files.ts'
import { parseRecord } from '../record/reader.ts'
import { damagedFiles } from './damage.ts'

const files = await sealedFiles('the-worker-came-back-late')

test('only what is damaged changes, and the old seal tells', () => {
  const damaged = damagedFiles(files, ({ timeline }) => ({ timeline: timeline.slice(1) }))
  const changed = Object.keys(files).filter(
    (name) => damaged[name]?.equals(files[name] ?? Buffer.of()) !== true,
  )
  expect(changed).toEqual([recordFiles.timeline])
  expect(parseRecord(damaged, 'r').stored?.damage).toEqual([
    expect.stringMatching(/^timeline\.jsonl has \d+ lines: it had \d+ when the record was closed$/),
    'timeline.jsonl: line 1 carries number 2',
  ])
})

test('under a new seal, added lines and a changed header are as if the harness had written them', () => {
  const panic = { kind: 'panic', service: 'temporal-server', message: 'oh', times: 1 } as const
  const damaged = damagedFiles(files, ({ header, observations }) => ({
    header: { ...header, budgetMs: 7 },
    observations: [panic, ...observations],
  }))
  expect(damaged[sealFile]).toBe(files[sealFile])
  const { stored, header, observations } = parseRecord(resealed(damaged), 'r')
  expect(stored?.damage).toEqual([])
  expect(header.budgetMs).toBe(7)
  expect(observations[0]).toEqual(panic)
})

test('damage that changes nothing is refused: its control would prove nothing', () => {
  expect(() => damagedFiles(files, ({ timeline }) => ({ timeline: [...timeline] }))).toThrow(
    'the damage changed nothing',
  )
})
