import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { devServerArguments } from './dev-server-driver.ts'
import { findTemporalCli } from './temporal-cli.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chaos-cli-'))
afterAll(() => rm(folder, { recursive: true }))

function program(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
  return file
}

const missing = {
  code: 'CHAOS_CLI_MISSING',
  kind: 'usage',
  hint: expect.stringContaining('devServer.program'),
}

test('the CLI is found by its name in PATH, and by its file beside the configuration', async () => {
  const file = program('temporal', 'echo "  -f, --db-filename string"')
  expect(await findTemporalCli('temporal', '/nowhere', { PATH: folder })).toBe(file)
  expect(await findTemporalCli('./temporal', folder, { PATH: '' })).toBe(file)
})

test('no CLI, and another program of its name', async () => {
  await expect(findTemporalCli('temporal', folder, { PATH: '/nowhere' })).rejects.toMatchObject({
    ...missing,
    message: 'the development server needs the Temporal CLI: there is no temporal in PATH',
  })
  await expect(findTemporalCli('./none', folder, {})).rejects.toMatchObject({
    ...missing,
    message: expect.stringContaining(`${path.join(folder, 'none')} is no program`),
  })
  const other = program('other', 'echo "unknown command server" >&2; exit 1')
  await expect(findTemporalCli('./other', folder, {})).rejects.toMatchObject({
    ...missing,
    message: expect.stringContaining(`${other} does not know "server start-dev": unknown command server`),
  })
})

test('it gets a file only if its state is to be kept', () => {
  const options = { port: 7_300, folder: '/session' }
  const usual = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', '7300']
  expect(devServerArguments({ ...options, keep: false })).toEqual(usual)
  expect(devServerArguments({ ...options, keep: true })).toEqual([
    ...usual,
    '--db-filename',
    '/session/temporal.db',
  ])
})
