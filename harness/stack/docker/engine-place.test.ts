import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { defaultSocket, mayHaveEngine } from './engine-place.ts'
import { existsSync } from 'node:fs'

async function home(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-home-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('an engine that the environment names is worth asking', () => {
  expect(mayHaveEngine({ DOCKER_HOST: 'tcp://elsewhere:2375' })).toBe(true)
  expect(mayHaveEngine({ TESTCONTAINERS_HOST: 'unix:///x' })).toBe(true)
})

test('so is one of a desktop, or of a user without root', async () => {
  const HOME = await home()
  const nowhere = { HOME, XDG_RUNTIME_DIR: HOME }
  expect(mayHaveEngine(nowhere)).toBe(existsSync(defaultSocket))
  await mkdir(path.join(HOME, '.docker', 'run'), { recursive: true })
  await writeFile(path.join(HOME, '.docker', 'run', 'docker.sock'), '')
  expect(mayHaveEngine(nowhere)).toBe(true)
})
