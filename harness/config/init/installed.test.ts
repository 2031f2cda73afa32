import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { installedPackage } from './installed.ts'

async function monorepo(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'chaos-installed-'))
  await mkdir(path.join(root, 'services', 'orders'), { recursive: true })
  return root
}

test('it is found in the folder itself and in those above, through links, and the nearest counts', async () => {
  const root = await monorepo()
  const orders = path.join(root, 'services', 'orders')
  expect(installedPackage(orders)).toBeUndefined()
  const store = path.join(root, 'store')
  await mkdir(store)
  await writeFile(path.join(store, 'package.json'), '{}')
  await mkdir(path.join(root, 'node_modules'))
  await symlink(store, path.join(root, 'node_modules', 'temporal-chaos'))
  expect(installedPackage(root)).toBe('./node_modules/temporal-chaos')
  expect(installedPackage(orders)).toBe('../../node_modules/temporal-chaos')
  await mkdir(path.join(orders, 'node_modules'))
  await symlink(store, path.join(orders, 'node_modules', 'temporal-chaos'))
  expect(installedPackage(orders)).toBe('./node_modules/temporal-chaos')
})

test('an empty folder of its name is no installation', async () => {
  const root = await monorepo()
  await mkdir(path.join(root, 'node_modules', 'temporal-chaos'), { recursive: true })
  expect(installedPackage(root)).toBeUndefined()
})
