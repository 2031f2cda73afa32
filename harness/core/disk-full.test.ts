import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { engineDisk, assertFreeSpace, diskFullOr } from './disk-full.ts'

test.each([
  'ERROR:  could not extend file "base/1": No space left on device',
  'write /var/lib/docker/x: no space left on device',
  "ENOSPC: no space left on device, open '/tmp/x'",
  'write failed: EDQUOT',
  'fsync: Disk quota exceeded',
])('%j means a full disk', (said) => {
  const cause = new Error('exit code 1')
  expect(diskFullOr(said, engineDisk, { code: 'CHAOS_SCHEMA_FAILED', hint: 'look', cause })).toEqual({
    code: 'CHAOS_DISK_FULL',
    hint: engineDisk.whenFull,
    cause,
  })
})

test('an error with another reason stays unchanged', () => {
  const otherwise = { code: 'CHAOS_SCHEMA_FAILED', hint: 'look' } as const
  expect(diskFullOr('permission denied', engineDisk, otherwise)).toBe(otherwise)
  expect(diskFullOr('{"component":"NamespacedQuota"}', engineDisk, otherwise)).toBe(otherwise)
})

test('a cluster needs room', async () => {
  const folder = tmpdir()
  const { blocks, bsize } = await statfs(folder)
  await expect(assertFreeSpace(folder, 1)).resolves.toBeUndefined()
  await expect(assertFreeSpace(folder, blocks * bsize + 1)).rejects.toMatchObject({
    code: 'CHAOS_DISK_FULL',
    kind: 'harness',
    message: expect.stringMatching(/ has \d+ MB free, but a cluster takes up to \d+ MB$/) as string,
  })
})
