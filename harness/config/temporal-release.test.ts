import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { assets } from '../core/assets.ts'
import { archiveName, checksumIn, platformOf, releaseUrl, temporalVersion } from './temporal-release.ts'

test('the Go module has the version of the downloaded release', async () => {
  const goMod = await readFile(join(assets.goModule, 'go.mod'), 'utf8')
  expect(goMod).toContain(`\tgo.temporal.io/server v${temporalVersion} // indirect\n`)
  expect(goMod).toContain('\tgo.temporal.io/server/cmd/server\n')
  expect(goMod).toContain('\tgo.temporal.io/server/cmd/tools/sql\n')
})

test('platforms are named as Go names them', () => {
  expect(platformOf('linux', 'x64')).toEqual({ os: 'linux', arch: 'amd64' })
  expect(platformOf('darwin', 'arm64')).toEqual({ os: 'darwin', arch: 'arm64' })
  expect(platformOf('win32', 'x64')).toBeUndefined()
  expect(platformOf('linux', 'ia32')).toBeUndefined()
})

test('a mirror replaces the release host, with or without a path', () => {
  const file = archiveName({ os: 'linux', arch: 'arm64' })
  const path = `temporalio/temporal/releases/download/v${temporalVersion}/temporal_${temporalVersion}_linux_arm64.tar.gz`
  expect(releaseUrl('https://github.com', file).href).toBe(`https://github.com/${path}`)
  expect(releaseUrl('http://mirror.example/github', file).href).toBe(`http://mirror.example/github/${path}`)
  expect(releaseUrl('http://mirror.example/github/', file).href).toBe(`http://mirror.example/github/${path}`)
})

describe('checksumIn', () => {
  const hash = 'a'.repeat(64)

  test('finds the hash of exactly this file', () => {
    const text = `${'b'.repeat(64)}  other.tar.gz\n${hash.toUpperCase()}  it.tar.gz\r\n`
    expect(checksumIn(text, 'it.tar.gz')).toBe(hash)
    expect(checksumIn(text, 't.tar.gz')).toBeUndefined()
  })

  test('accepts the binary mark of sha256sum', () => {
    expect(checksumIn(`${hash} *it.tar.gz`, 'it.tar.gz')).toBe(hash)
  })

  test('refuses anything that is not a sha256', () => {
    expect(checksumIn('abc  it.tar.gz', 'it.tar.gz')).toBeUndefined()
    expect(checksumIn('<html>it.tar.gz</html>', 'it.tar.gz')).toBeUndefined()
  })
})
