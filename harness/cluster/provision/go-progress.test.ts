import { expect, test } from 'vitest'
import { GoProgress } from './go-progress.ts'

function after(...lines: string[]): GoProgress {
  const progress = new GoProgress()
  for (const line of lines) progress.read(line)
  return progress
}

test('says as much as is known before Go has said anything', () => {
  expect(after().text).toBe('loading or linking')
})

test('counts modules, the toolchain and packages', () => {
  const progress = after(
    'go: downloading go1.26.10 (linux/amd64)',
    'go: downloading go.temporal.io/server v1.32.2',
    'go: downloading google.golang.org/grpc v1.75.0',
    'internal/byteorder',
    'errors',
    'gopkg.in/yaml.v3',
  )
  expect(progress.text).toBe('go1.26.10 fetched, 2 modules fetched, 3 of about 1436 packages compiled')
  expect(progress.complaint).toBeUndefined()
})

test('says when the server is being linked', () => {
  expect(after('go.temporal.io/server/cmd/server').text).toMatch(/, linking$/)
})

test('keeps the last complaints, which are no progress', () => {
  const progress = after(
    'errors',
    '# example.com/broken',
    './broken.go:3:2: undefined: nothing',
    '',
    'write /tmp/x: no space left on device',
  )
  expect(progress.text).toBe('1 of about 1436 packages compiled')
  expect(progress.complaint).toBe(
    '# example.com/broken | ./broken.go:3:2: undefined: nothing | write /tmp/x: no space left on device',
  )
})
