import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { templateFile } from './data-template.ts'

test('another schema tool asks for other databases, the same one for the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const tool = join(folder, 'temporal-sql-tool')
  await writeFile(tool, 'one')
  await utimes(tool, 1, 1)
  const file = await templateFile('/cache', tool)
  expect(file).toMatch(/^\/cache\/clusters\/[0-9a-f]{16}\.tar$/)
  expect(await templateFile('/cache', tool)).toBe(file)
  await utimes(tool, 2, 2)
  expect(await templateFile('/cache', tool)).not.toBe(file)
})

test('a schema tool that is not there is told', async () => {
  await expect(templateFile('/cache', '/nowhere/tool')).rejects.toMatchObject({
    code: 'CHAOS_BINARY_UNUSABLE',
  })
})
