import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { broughtNode, childEnvironment, proxyEnvironment, userEnvironment } from './environment.ts'

test('a child gets what is listed and its mark, nothing else', () => {
  const own = {
    PATH: '/bin',
    NODE_OPTIONS: '--inspect',
    NODE_ENV: 'test',
    VITEST: 'true',
    SECRET: 'x',
    HTTPS_PROXY: 'http://bob:SECRET@proxy:3128',
    all_proxy: 'socks5://bob:SECRET@proxy',
    TZ: 'UTC',
  }
  expect(childEnvironment(own, 'id')).toEqual({
    PATH: '/bin',
    TZ: 'UTC',
    CHAOS_SESSION: 'id',
  })
})

test('what downloads gets the proxies, but none for this machine', () => {
  const own = { https_proxy: 'http://proxy:3128', no_proxy: 'internal, localhost' }
  expect(proxyEnvironment(own)).toEqual({
    https_proxy: 'http://proxy:3128',
    NO_PROXY: 'internal,localhost,127.0.0.1,::1',
    no_proxy: 'internal,localhost,127.0.0.1,::1',
  })
})

test('what the caller adds wins, except over the mark', () => {
  const env = childEnvironment({ PATH: '/bin' }, 'id', { PATH: '/other', CHAOS_SESSION: 'forged' })
  expect(env).toMatchObject({ PATH: '/other', CHAOS_SESSION: 'id' })
})

describe('the environment of a user’s own program', () => {
  const env = userEnvironment(
    {
      PATH: ['/usr/bin', path.dirname(process.execPath), '/home/ana/bin'].join(path.delimiter),
      VIRTUAL_ENV: '/venv',
      DATABASE_URL: 'postgres://db',
      TEMPORAL_API_KEY: 'secret',
      TEMPORAL_TLS: 'true',
      TEMPORAL_ADDRESS: 'prod:7233',
      npm_config_registry: 'x',
      CHAOS_RUNS: '3',
    },
    process.execPath,
  )

  test('is all of theirs, but for what leads to another Temporal or came from the harness’s start', () => {
    expect(env).toEqual({
      PATH: ['/usr/bin', '/home/ana/bin'].join(path.delimiter),
      VIRTUAL_ENV: '/venv',
      DATABASE_URL: 'postgres://db',
    })
  })
  test('keeps the folder of a Node that is theirs, although it runs the harness', () => {
    expect(broughtNode('/usr/bin/node')).toBeNull()
    expect(broughtNode('/clone/node_modules/.pnpm/node@24/node_modules/node/bin/node')).not.toBeNull()
    const PATH = ['/usr/bin', path.dirname(process.execPath)].join(path.delimiter)
    expect(userEnvironment({ PATH }, null)).toEqual({ PATH })
  })
})
