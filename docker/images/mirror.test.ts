import { expect, test } from 'vitest'
import { mirrorIn } from './mirror.ts'

test('finds the mirror of Debian itself, in sources of either style', () => {
  expect(mirrorIn('deb http://mirror.example/debian bookworm main')).toBe('http://mirror.example/debian')
  expect(mirrorIn('deb [arch=amd64] https://mirror.example/a/debian/ trixie main')).toBe(
    'https://mirror.example/a/debian',
  )
  expect(mirrorIn('Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm')).toBe(
    'http://mirror.example/debian',
  )
})

test('takes no comment, no security archive and no other distribution for one', () => {
  expect(mirrorIn('# deb http://mirror.example/debian bookworm main')).toBeUndefined()
  expect(mirrorIn('URIs: http://mirror.example/debian-security')).toBeUndefined()
  expect(mirrorIn('deb http://archive.example/ubuntu noble main')).toBeUndefined()
  expect(mirrorIn('')).toBeUndefined()
})
