import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { sealedFiles } from '../../test/support/sealed-record.ts'
import type { StoredRecord } from '../../test/support/stored-record.ts'
import { recordFiles } from '../record/files.ts'
import type { RecordFiles } from '../record/read-files.ts'
import { parseRecord } from '../record/reader.ts'
import { claimsOf } from './claims.ts'
import { goodRecords } from './good-records.ts'
import { mutantOf, type GoodRecord, type Mutant } from './mutate-records.ts'
import { mutationKinds, type MutationKind } from './mutations.ts'
import { passedShare, tallyOf } from './tally.ts'

const folderOf = (name: string) => fileURLToPath(new URL(`../../fixtures/records/${name}`, import.meta.url))

async function sealed(name: StoredRecord): Promise<GoodRecord> {
  return { name, scenario: name, files: await sealedFiles(name), own: [] }
}

const records = await Promise.all(
  (['signals-after-a-restart', 'the-worker-came-back-late'] as const).map(sealed),
)

function mutantsOf(count: number, kinds: readonly MutationKind[] = mutationKinds, seed = 1): Mutant[] {
  return Array.from(
    { length: count },
    (_, number) => mutantOf(number, { records, kinds, seed }) ?? ([] as never),
  ).flat()
}

test('the good records are whole before they are damaged', () => {
  expect(records.map(({ files, name }) => parseRecord(files, name).stored)).toEqual([
    { schema: 3, damage: [] },
    { schema: 3, damage: [] },
  ])
})

test.each(mutationKinds)('no mutant passes whose seal was kept: %s', (kind) => {
  const kept = mutantsOf(40, [kind]).filter(({ seal }) => seal === 'kept')
  expect(kept.length).toBeGreaterThanOrEqual(10)
  expect(kept.filter(({ fate }) => fate === 'passed' || fate === 'no claim')).toEqual([])
})

// Judging takes some milliseconds for each mutant, more on a busy machine.
test('few mutants pass that were sealed again, and each says what was changed', { timeout: 60_000 }, () => {
  const renewed = mutantsOf(300).filter(({ seal }) => seal === 'renewed')
  expect(passedShare(tallyOf('renewed', renewed))).toBeLessThan(0.06)
  for (const { fate, change } of renewed) expect(change === null).toBe(fate !== 'passed')
})

test('the same seed makes the same mutants, another one makes others', () => {
  expect(mutantsOf(30)).toEqual(mutantsOf(30))
  expect(mutantsOf(30, mutationKinds, 2)).not.toEqual(mutantsOf(30))
})

test('only records that pass are damaged', async () => {
  const names = ['due-after-the-outage', 'no-such-record', 'signals-after-a-restart']
  const good = await goodRecords(names.map(folderOf), () => [])
  expect(good.map(({ name }) => name)).toEqual([
    folderOf('due-after-the-outage'),
    folderOf('signals-after-a-restart'),
  ])
})

test('texts for people are no claim, everything else is', () => {
  const [{ files, name }] = records as [GoodRecord, ...GoodRecord[]]
  const claims = (change: (files: RecordFiles) => RecordFiles) => claimsOf(parseRecord(change(files), name))
  const changed = (file: string, from: string | RegExp, to: string) => (all: RecordFiles) => ({
    ...all,
    [file]: Buffer.from((all[file]?.toString() ?? '').replace(from, to)),
  })
  const as = claims((all) => all)
  expect(claims(changed(recordFiles.header, /"promise": "[^"]*"/, '"promise": "other"'))).toBe(as)
  expect(claims(changed(recordFiles.timeline, /"name":"start [^"]*"/, '"name":"other"'))).toBe(as)
  expect(claims(changed(recordFiles.header, /"budgetMs": \d+/, '"budgetMs": 1'))).not.toBe(as)
  expect(claims(changed(recordFiles.timeline, '"SIGKILL"', '"SIGTERM"'))).not.toBe(as)
})
