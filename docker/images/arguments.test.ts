import { expect, test } from 'vitest'
import { imageKeys, readArguments } from './arguments.ts'

test('all images, or those that are named, in the order in which they are built', () => {
  expect(readArguments([]).keys).toEqual(imageKeys)
  expect(readArguments(['postgres', 'server']).keys).toEqual(['server', 'postgres'])
})

test('flags', () => {
  expect(
    readArguments(['--list', '--base', 'debian:trixie-slim', '--mirror', 'http://m.example/debian']),
  ).toEqual({
    keys: imageKeys,
    list: true,
    help: false,
    base: 'debian:trixie-slim',
    mirror: 'http://m.example/debian',
  })
})

test.each([
  [['nginx'], 'there is no image nginx'],
  [['--base', '--list'], '--base'],
  [['--base', ''], '--base takes the name of an image'],
  [['--mirror', 'nowhere'], '--mirror takes an http or https address'],
  [['--nothing'], '--nothing'],
])('%j is refused', (args, message) => {
  expect(() => readArguments(args)).toThrow(message)
})
