import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { reducedLockfile, reducedManifest } from './lockfile.ts'

const manifest = JSON.stringify({
  name: 'it',
  version: '1.0.0',
  type: 'module',
  exports: { '.': './it.ts' },
  scripts: { install: 'do' },
  dependencies: { a: '^1', b: '^2' },
  devDependencies: { c: '^3' },
})

const lockfile = `
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a: { specifier: ^1, version: 1.0.1 }
      b: { specifier: ^2, version: 2.0.2 }
    devDependencies:
      c: { specifier: ^3, version: 3.0.3 }
packages:
  a@1.0.1: { resolution: { integrity: sha512-a } }
`

test('a manifest is left with what is named, and nothing to run', () => {
  expect(JSON.parse(reducedManifest(manifest, ['b']))).toEqual({
    name: 'it',
    version: '1.0.0',
    private: true,
    type: 'module',
    exports: { '.': './it.ts' },
    dependencies: { b: '^2' },
  })
})

test('a lockfile is left with what is named, in the same version and with the same hashes', () => {
  expect(parse(reducedLockfile(lockfile, ['a']))).toEqual({
    lockfileVersion: '9.0',
    importers: { '.': { dependencies: { a: { specifier: '^1', version: '1.0.1' } } } },
    packages: { 'a@1.0.1': { resolution: { integrity: 'sha512-a' } } },
  })
})

test('what is no dependency cannot be installed', () => {
  expect(() => reducedManifest(manifest, ['c'])).toThrow('the worker needs c')
  expect(() => reducedLockfile(lockfile, ['c'])).toThrow('the worker needs c')
})
