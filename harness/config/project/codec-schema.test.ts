import { expect, test } from 'vitest'
import { projectOf } from './project.ts'

const content = {
  worker: { command: ['bin/worker'] },
  workloads: { order: { type: 'Order', taskQueue: 'orders' } },
}

function codecOf(codec?: unknown) {
  return projectOf('/project/chaos.config.json', { ...content, codec }, 'text').codec
}

test('a server or a module, and none without a word', () => {
  expect(codecOf()).toBeUndefined()
  expect(codecOf({ module: './codec.ts' })).toEqual({ kind: 'module', module: './codec.ts' })
  const endpoint = 'https://codec.example/{namespace}'
  expect(codecOf({ endpoint })).toEqual({
    kind: 'endpoint',
    endpoint,
    authVariable: undefined,
    withinMs: 10_000,
  })
  expect(codecOf({ endpoint, authVariable: 'CODEC_AUTH', withinMs: 500 })).toMatchObject({
    authVariable: 'CODEC_AUTH',
    withinMs: 500,
  })
})

test.each([
  [{}, 'codec: expected either "endpoint" or "module"'],
  [{ endpoint: 'http://a', module: 'b' }, 'codec: expected either "endpoint" or "module"'],
  [{ module: 'b', withinMs: 5 }, 'codec: expected "endpoint" beside "authVariable"'],
  [{ endpoint: 'localhost:8081' }, 'codec.endpoint: expected an http or https address'],
  [
    { endpoint: 'http://a', authVariable: 'Bearer secret' },
    'codec.authVariable: expected the name of an environment',
  ],
  [{ url: 'http://a' }, 'there is no field url'],
])('wrong: %j', (codec, message) => {
  expect(() => codecOf(codec)).toThrow(message)
})
