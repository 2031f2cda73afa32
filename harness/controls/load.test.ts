import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { defaultChecks, optionalChecks } from '../checks/catalogue.ts'
import { assets } from '../core/assets.ts'
import { loadControls, selectControls } from './load.ts'

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  return folder
}

test('every control of this project expects a check that exists', async () => {
  const known = new Set([...defaultChecks, ...optionalChecks].map(({ name }) => name))
  const controls = await loadControls(assets.controls)
  expect(controls.length).toBeGreaterThan(8)
  const unknown = controls.filter(({ expected: { check } }) => check !== undefined && !known.has(check))
  expect(unknown.map(({ name }) => name)).toEqual([])
})

/** The checks that no control turns red, each with the reason why none can. */
const withoutControl: Readonly<Record<string, string>> = {}

test('every check has a control that turns it red, or a reason why it has none', async () => {
  const controls = await loadControls(assets.controls)
  const red = new Set(controls.map(({ expected: { check } }) => check))
  const green = [...defaultChecks, ...optionalChecks].map(({ name }) => name).filter((name) => !red.has(name))
  expect(green).toEqual(Object.keys(withoutControl))
  for (const reason of Object.values(withoutControl)) expect(reason).toMatch(/\w+ \w+ \w+/)
})

test('controls are selected by name, in the order of the list, and a typo gets the nearest name', async () => {
  const all = await loadControls(assets.controls)
  const names = (selected: readonly string[]) => selectControls(all, selected).map(({ name }) => name)
  expect(names([])).toEqual(all.map(({ name }) => name))
  expect(names(['worker-never-restarts', 'fault-without-evidence'])).toEqual([
    'fault-without-evidence',
    'worker-never-restarts',
  ])
  expect(() => names(['worker-never-restart'])).toThrow(
    expect.objectContaining({
      code: 'CHAOS_UNKNOWN_CONTROL',
      hint: expect.stringMatching(/worker-never-restarts/),
    }),
  )
})

test.each([
  ['no control', 'export default 3', /has no control as its default export/],
  [
    'a control with another name',
    "export default { name: 'other', breaks: 1, defect: 1, scenario: 1, expected: 1 }",
    /holds the control other/,
  ],
  ['an error', "throw new Error('no such table')", /cannot be loaded: no such table/],
])('a file with %s is refused with its name', async (_, text, message) => {
  const folder = await folderWith({ 'mine.ts': text })
  await expect(loadControls(folder)).rejects.toThrow(message)
  await expect(loadControls(folder)).rejects.toThrow(path.join(folder, 'mine.ts'))
})
