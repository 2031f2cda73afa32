import { expect, test } from 'vitest'
import { ChaosError } from '../../core/errors.ts'
import { explain } from './failures.ts'

const answered = (statusCode: number, message: string) => Object.assign(new Error(message), { statusCode })

test.each([
  [
    answered(400, 'OCI runtime create failed: exec: "temporal-server": executable file not found in $PATH'),
    'CHAOS_IMAGE_UNFIT',
  ],
  [answered(400, 'unable to find user postgres: no matching entries in passwd file'), 'CHAOS_IMAGE_UNFIT'],
  [answered(500, 'write /var/lib/docker/x: no space left on device'), 'CHAOS_DISK_FULL'],
  [
    Object.assign(new Error('connect ECONNREFUSED /var/run/docker.sock'), { code: 'ECONNREFUSED' }),
    'CHAOS_ENGINE_LOST',
  ],
  [answered(500, 'something of its own'), 'CHAOS_ENGINE_FAILED'],
])('%s', (thrown, code) => {
  expect(explain('an/image:1', thrown)).toMatchObject({ code, kind: 'harness' })
})

test('what has run once is not its image’s fault', () => {
  expect(explain('postgres', answered(500, 'cannot signal: permission denied'), 'kill')).toMatchObject({
    code: 'CHAOS_ENGINE_FAILED',
    message: 'the container engine cannot kill postgres: cannot signal: permission denied',
  })
})

test('what is explained already stays as it is', () => {
  const known = new ChaosError('known', { code: 'CHAOS_NO_FREE_PORT' })
  expect(explain('an/image:1', known)).toBe(known)
})
