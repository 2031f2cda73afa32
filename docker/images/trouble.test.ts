import { describe, expect, test } from 'vitest'
import { debootstrapTrouble, diskTrouble, engineTrouble } from './trouble.ts'

describe('what the engine says', () => {
  test.each([
    ['Cannot connect to the Docker daemon at unix:///var/run/docker.sock.', 'CHAOS_ENGINE_MISSING'],
    ['error during connect: dial tcp 127.0.0.1:1: connect: connection refused', 'CHAOS_ENGINE_MISSING'],
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      'CHAOS_ENGINE_REFUSED',
    ],
    ['pull access denied for nothing, repository does not exist', 'CHAOS_IMAGE_MISSING'],
    ['lookup registry.example on 10.0.0.1:53: no such host', 'CHAOS_IMAGE_MISSING'],
  ])('%s', (output, code) => {
    expect(engineTrouble(output)).toMatchObject({ code, hint: expect.any(String) })
  })

  test('a step of a build that fails is not the engine', () => {
    expect(
      engineTrouble('The command /bin/sh -c node warm-up.ts returned a non-zero code: 1'),
    ).toBeUndefined()
  })
})

describe('what debootstrap says', () => {
  test.each([
    ['E: Failed getting release file http://mirror.example/dists/trixie/Release', 'CHAOS_NO_NETWORK'],
    ['E: Release signed by unknown key (key id 1234)', 'CHAOS_NO_KEYRING'],
    ['unshare: unshare failed: Operation not permitted', 'CHAOS_NOT_PERMITTED'],
  ])('%s', (output, code) => {
    expect(debootstrapTrouble(output, 'http://mirror.example')).toMatchObject({ code })
  })

  test('what has no remedy is left as it is', () => {
    expect(debootstrapTrouble('E: Something else', 'http://mirror.example')).toBeUndefined()
  })
})

test('a full disk is known by either name', () => {
  expect(diskTrouble('write /var/lib/docker/tmp/1: no space left on device')?.code).toBe('CHAOS_DISK_FULL')
  expect(diskTrouble('ENOSPC: no space left, write')?.code).toBe('CHAOS_DISK_FULL')
  expect(diskTrouble('all is well')).toBeUndefined()
})
