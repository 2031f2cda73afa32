// The image that ours stand on: a small Debian with its PostgreSQL, made by debootstrap and imported, nothing
// pulled.
import { appendFile, access, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { ChaosError } from '../../harness/core/errors.ts'
import { baseImage, debianPostgresMajor, debianSuite } from '../../harness/containers/images/images.ts'
import { importImage } from './engine.ts'
import type { Site } from './image.ts'
import { recipeLabel, recipeOf } from './recipe.ts'
import { run } from './run.ts'
import { debootstrapFailure } from './debootstrap-failure.ts'

const packages = [`postgresql-${debianPostgresMajor}`, 'ca-certificates', 'netbase']
const options = ['--variant=minbase', `--include=${packages.join(',')}`]

/** Not needed to run anything; the cluster that the package made is not the one of a container. */
const leftOut = [
  'dev/*', 'proc/*', 'sys/*', 'run/*', 'tmp/*', 'etc/resolv.conf', 'etc/hostname', 'debootstrap',
  'var/cache/apt/*', 'var/lib/apt/lists/*', 'var/cache/debconf/*', 'var/log/*',
  'usr/share/doc/*', 'usr/share/man/*', 'usr/share/info/*', 'usr/share/locale/*',
  'var/lib/postgresql/*', 'etc/postgresql/*',
] // prettier-ignore

/** Whom our servers and workers run as: of the same number as in Temporal's official images. */
const user = {
  'etc/passwd': 'temporal:x:1000:1000:Temporal:/home/temporal:/usr/sbin/nologin\n',
  'etc/group': 'temporal:x:1000:\n',
}

const changes = [
  'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'ENV LANG=C.UTF-8',
  'CMD ["sh"]',
]

export const baseRecipe = recipeOf(
  Object.entries({ debianSuite, options, leftOut, user, changes }).map(([name, value]) => ({
    name,
    content: JSON.stringify(value),
  })),
)

/**
 * @throws ChaosError `CHAOS_NOT_ROOT`, `CHAOS_NO_DEBOOTSTRAP`, `CHAOS_NO_KEYRING`, `CHAOS_NO_NETWORK`,
 *   `CHAOS_NOT_PERMITTED`, `CHAOS_DISK_FULL`, `CHAOS_BASE_FAILED`
 */
export async function buildBase(site: Site, mirror: string): Promise<void> {
  await checkTools(site)
  const root = join(site.session.folder, 'debian')
  await mkdir(root)
  await debootstrap(site, root, mirror)
  for (const [file, line] of Object.entries(user)) await appendFile(join(root, file), line)
  const archive = join(site.session.folder, 'debian.tar')
  await run(site, {
    file: 'tar',
    args: [
      '--numeric-owner',
      ...leftOut.map((path) => `--exclude=./${path}`),
      '-C',
      root,
      '-cf',
      archive,
      '.',
    ],
    doing: 'packing Debian',
    code: 'CHAOS_BASE_FAILED',
  })
  await importImage(site, baseImage, archive, [...changes, `LABEL ${recipeLabel}=${baseRecipe}`])
}

async function checkTools({ signal }: Site): Promise<void> {
  const found = await execa('debootstrap', ['--version'], { reject: false, cancelSignal: signal })
  signal.throwIfAborted()
  if (found.failed) {
    throw new ChaosError('the base is made by debootstrap, which is not on the PATH', {
      code: 'CHAOS_NO_DEBOOTSTRAP',
      hint: 'Install it (apt-get install debootstrap), or name an image to stand on by --base, for all but PostgreSQL.',
    })
  }
  if (process.getuid?.() !== 0) {
    throw new ChaosError('only root can make the base: its files belong to many users', {
      code: 'CHAOS_NOT_ROOT',
      hint: 'Run this by sudo, or name an image to stand on by --base, for all but PostgreSQL.',
    })
  }
  await access('/usr/share/keyrings/debian-archive-keyring.gpg').catch((thrown: unknown) => {
    throw new ChaosError("Debian's keys are not on this machine", {
      code: 'CHAOS_NO_KEYRING',
      hint: 'Install them: apt-get install debian-archive-keyring.',
      cause: thrown,
    })
  })
}

async function debootstrap(site: Site, root: string, mirror: string): Promise<void> {
  // In a namespace of its own: what it mounts is gone with it, and so is every process of it, whatever ends
  // it.
  const alone = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
  await run(site, {
    file: 'unshare',
    args: [...alone, 'debootstrap', ...options, debianSuite, root, mirror],
    doing: `making Debian ${debianSuite} from ${mirror}`,
    code: 'CHAOS_BASE_FAILED',
    stepOf: debootstrapSteps(),
    failureOf: (output) => debootstrapFailure(output, mirror),
  })
}

/** Reads what debootstrap says of each package; tells, say, `unpacking, 42 packages so far`. */
export function debootstrapSteps(): (line: string) => string | undefined {
  let doing = ''
  let packages = 0
  return (line) => {
    const next = /^I: (Retrieving|Validating|Extracting|Unpacking|Configuring) /
      .exec(line)?.[1]
      ?.toLowerCase()
    if (next === undefined) return undefined
    // It validates each package right after it was retrieved.
    const step = next === 'validating' ? 'retrieving' : next
    packages = step === doing ? packages + (step === next ? 1 : 0) : 1
    doing = step
    return `${doing}, ${packages} packages so far`
  }
}
