import { expect, test } from 'vitest'
import { goEnvironment } from './go-environment.ts'

const platform = { os: 'linux', arch: 'arm64' } as const

test('where modules come from and are kept stays as the user has it', () => {
  const env = {
    PATH: '/bin',
    GOPROXY: 'http://modules.example',
    GOCACHE: '/cache',
    GOSUMDB: 'off',
    GOPRIVATE: 'x',
  }
  expect(goEnvironment(env, platform, '/tmp/go')).toMatchObject(env)
})

test('how the binaries are built does not', () => {
  const env = {
    GOTOOLCHAIN: 'local',
    GOFLAGS: '-mod=vendor -race',
    GOOS: 'windows',
    GOARCH: '386',
    GOWORK: '/home/somebody/go.work',
    GO111MODULE: 'off',
    CGO_ENABLED: '1',
    GOEXPERIMENT: 'arenas',
    GOTMPDIR: '/elsewhere',
  }
  expect(goEnvironment(env, platform, '/tmp/go')).toEqual({
    GOTOOLCHAIN: 'auto',
    GOFLAGS: '-mod=readonly',
    GOOS: 'linux',
    GOARCH: 'arm64',
    GOWORK: 'off',
    GO111MODULE: 'on',
    CGO_ENABLED: '0',
    GOTMPDIR: '/tmp/go',
  })
})

test('nothing else of the environment reaches the build', () => {
  const secrets = {
    GITHUB_TOKEN: 'secret',
    GOOGLE_APPLICATION_CREDENTIALS: '/secret',
    NODE_OPTIONS: '--inspect',
  }
  expect(Object.keys(goEnvironment(secrets, platform, '/tmp/go'))).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/TOKEN|GOOGLE|NODE/)]),
  )
})
