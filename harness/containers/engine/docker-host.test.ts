import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { defaultSocket, dockerHosts, hostOf, mayHaveEngine, socketOf } from './docker-host.ts'

async function home(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-home-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

test('an engine that the environment names is the only one worth asking', () => {
  const url = 'tcp://elsewhere:2375'
  expect(dockerHosts({ DOCKER_HOST: url })).toEqual([{ url, setBy: 'DOCKER_HOST' }])
  expect(mayHaveEngine({ DOCKER_HOST: url })).toBe(true)
})

test('so is one of a desktop, or of a user without root', async () => {
  const HOME = await home()
  const nowhere = { HOME, XDG_RUNTIME_DIR: HOME }
  expect(mayHaveEngine(nowhere)).toBe(existsSync(defaultSocket))
  await mkdir(path.join(HOME, '.docker', 'run'), { recursive: true })
  const socket = path.join(HOME, '.docker', 'run', 'docker.sock')
  await writeFile(socket, '')
  expect(dockerHosts(nowhere).at(-1)).toEqual({ url: `unix://${socket}`, setBy: null })
})

test('and one that testcontainers’ own file names; a variable of no meaning to it names none', async () => {
  const HOME = await home()
  const none = dockerHosts({ HOME, XDG_RUNTIME_DIR: HOME })
  expect(dockerHosts({ HOME, XDG_RUNTIME_DIR: HOME, TESTCONTAINERS_HOST: 'tcp://x:1' })).toEqual(none)
  await writeFile(path.join(HOME, '.testcontainers.properties'), 'ryuk.disabled=true\n')
  expect(dockerHosts({ HOME, XDG_RUNTIME_DIR: HOME })).toEqual(none)
  await writeFile(path.join(HOME, '.testcontainers.properties'), 'docker.host = unix:///run/own.sock\n')
  const named = { url: 'unix:///run/own.sock', setBy: '.testcontainers.properties' }
  expect(dockerHosts({ HOME })).toEqual([named])
  expect(dockerHosts({ HOME, DOCKER_HOST: 'unix:///other.sock' })).toMatchObject([{ setBy: 'DOCKER_HOST' }])
})

test.each([
  ['unix:///run/own.sock', '/run/own.sock', undefined],
  ['tcp://elsewhere:2375', undefined, 'elsewhere'],
  ['https://10.0.0.7:2376', undefined, '10.0.0.7'],
  ['ssh://me@elsewhere', undefined, undefined],
  ['elsewhere', undefined, undefined],
])('%s: socket %s, host %s', (url, socket, host) => {
  expect([socketOf({ url, setBy: null }), hostOf({ url, setBy: null })]).toEqual([socket, host])
})
