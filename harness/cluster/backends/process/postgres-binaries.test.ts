import { chmod, lstat, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findPostgresPackage, placePostgres } from './postgres-binaries.ts'

async function packageWith(fileMode: number) {
  const folder = await mkdtemp(join(tmpdir(), 'chaos test '))
  onTestFinished(() => rm(folder, { recursive: true }))
  const native = join(folder, 'package', 'native')
  await mkdir(join(native, 'lib'), { recursive: true })
  await writeFile(join(native, 'lib', 'libpq.so.5.18'), 'library')
  await chmod(join(native, 'lib', 'libpq.so.5.18'), fileMode)
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links))
  return { root: join(folder, 'package'), target: join(folder, 'target') }
}

test('files are linked and the listed symbolic links made', async () => {
  const { root, target } = await packageWith(0o755)
  await placePostgres(root, target, true)
  expect(await readlink(join(target, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18')
  expect(await readFile(join(target, 'lib', 'libpq.so.5'), 'utf8')).toBe('library')
  const placed = await stat(join(target, 'lib', 'libpq.so.5.18'))
  expect(placed.ino).toBe((await stat(join(root, 'native', 'lib', 'libpq.so.5.18'))).ino)
})

test('a file that another user may not read is copied for them, its own mode left as it is', async () => {
  const { root, target } = await packageWith(0o700)
  await placePostgres(root, target, true)
  expect((await lstat(join(target, 'lib', 'libpq.so.5.18'))).mode & 0o777).toBe(0o705)
  expect((await lstat(join(root, 'native', 'lib', 'libpq.so.5.18'))).mode & 0o777).toBe(0o700)
})

test('a platform without PostgreSQL is told which there are', () => {
  expect(() => findPostgresPackage('freebsd', 'x64')).toThrowError(
    expect.objectContaining({
      code: 'CHAOS_POSTGRES_MISSING',
      message: expect.stringContaining('freebsd-x64'),
    }),
  )
})

test('a package that is not whole says so', async () => {
  const { root, target } = await packageWith(0o755)
  await rm(join(root, 'native', 'pg-symlinks.json'))
  await expect(placePostgres(root, target, false)).rejects.toMatchObject({ code: 'CHAOS_POSTGRES_UNUSABLE' })
})
