import { expect, test } from 'vitest'
import { childEnvironment } from './environment.ts'

test('a child gets what is listed and its mark, nothing else', () => {
  const own = {
    PATH: '/bin',
    NODE_OPTIONS: '--inspect',
    NODE_ENV: 'test',
    VITEST: 'true',
    SECRET: 'x',
    TZ: 'UTC',
  }
  expect(childEnvironment(own, 'id')).toEqual({
    PATH: '/bin',
    TZ: 'UTC',
    NO_PROXY: '127.0.0.1,localhost,::1',
    no_proxy: '127.0.0.1,localhost,::1',
    CHAOS_SESSION: 'id',
  })
})

test('a proxy is handed on, but never stands between a child and this machine', () => {
  const own = { https_proxy: 'http://proxy:3128', no_proxy: 'internal, localhost' }
  expect(childEnvironment(own, 'id')).toMatchObject({
    https_proxy: 'http://proxy:3128',
    no_proxy: 'internal,localhost,127.0.0.1,::1',
  })
})

test('what the caller adds wins, except over the mark', () => {
  const env = childEnvironment({ PATH: '/bin' }, 'id', { PATH: '/other', CHAOS_SESSION: 'forged' })
  expect(env).toMatchObject({ PATH: '/other', CHAOS_SESSION: 'id' })
})
