import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const stored = fileURLToPath(new URL('../../fixtures/records', import.meta.url))

async function mutate(...args: string[]) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, 'mutate', ...args], {
    reject: false,
  })
  return { exitCode, text: `${stdout}\n${stderr}` }
}

const fixture = (name: string) => path.join(stored, name)

// A process starts, loads the scenarios and judges.
test(
  'records of several folders are damaged, and the share of each kind is told',
  { timeout: 60_000 },
  async () => {
    const folders = ['due-after-the-outage', 'signals-after-a-restart'].map(fixture)
    const { exitCode, text } = await mutate(
      ...folders,
      '--mutants',
      '26',
      '--seed',
      '1',
      '--kind',
      'swap-faults',
    )
    expect(text).toContain('26 mutants of 2 records of 2 scenarios in ')
    expect(text).toMatch(/│ swap-faults +│ +26 │ +0 │ +26 │ +0 │ +0 │ +0\.0 % │/)
    expect(text).toContain('0.0 % of the mutants still pass')
    expect(exitCode).toBe(0)
  },
)

test('two of a hundred that pass are too many, and each is explained', { timeout: 60_000 }, async () => {
  // This old record has no seal, and does not say what it lacks.
  const { exitCode, text } = await mutate(fixture('due-after-the-outage'), '--mutants', '60', '--seed', '1')
  expect(text).toMatch(
    /mutant \d+ passes: [a-z-]+, without a seal, of .*due-after-the-outage\n {2}\S+:\d+.*\n {2}why: /,
  )
  expect(exitCode).toBe(1)
})

test('a folder without a record that passes is a wrong usage', { timeout: 60_000 }, async () => {
  const { exitCode, text } = await mutate(fixture('a-frozen-worker-woke-late'), path.join(stored, 'none'))
  expect(text).toContain('CHAOS_NO_RECORD')
  expect(exitCode).toBe(2)
})
