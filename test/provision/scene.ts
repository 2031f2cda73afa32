// The setting of each provisioning test: an empty cache, and a PATH with only the programs that the test
// adds.
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toChaosError, type ChaosError } from '../../harness/core/errors.ts'
import { openSession } from '../../harness/sessions/open-session.ts'
import { cacheEntry, type CacheEntry } from '../../harness/cluster/provision/cache.ts'
import type { ProvisionOptions } from '../../harness/cluster/provision/options.ts'
import { provision, type Provisioned } from '../../harness/cluster/provision/provision.ts'
import { platformOf, type Platform } from '../../harness/config/temporal-release.ts'
import { inspectProvision, type SourceInspection } from '../../harness/cluster/provision/inspect.ts'
import type { Session } from '../../harness/processes/session.ts'

type Config = ProvisionOptions['config']

export class Scene implements AsyncDisposable {
  readonly folder: string
  readonly session: Session
  readonly env: NodeJS.ProcessEnv
  readonly entry: CacheEntry
  readonly progress: string[] = []

  private constructor(folder: string, session: Session) {
    this.folder = folder
    this.session = session
    this.env = { PATH: join(folder, 'bin'), HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') }
    this.entry = cacheEntry(this.env, platform())
  }

  static async open(): Promise<Scene> {
    const folder = await mkdtemp(join(tmpdir(), 'chaos provision '))
    await mkdir(join(folder, 'bin'))
    return new Scene(folder, await openSession())
  }

  provision(config: Partial<Config>, signal = new AbortController().signal): Promise<Provisioned> {
    return provision({
      config: {
        temporalServer: undefined,
        temporalSqlTool: undefined,
        temporalMirror: unresolvable,
        ...config,
      },
      session: this.session,
      env: this.env,
      signal,
      onProgress: (text) => this.progress.push(text),
    })
  }

  inspect(config: Partial<Config>): Promise<SourceInspection> {
    const signal = new AbortController().signal
    return inspectProvision({ config: { ...nothingGiven, ...config }, env: this.env, signal })
  }

  /** The error with which provisioning must fail. */
  async refused(config: Partial<Config>): Promise<ChaosError> {
    const outcome = await this.provision(config).catch((thrown: unknown) => thrown)
    if (!(outcome instanceof Error)) throw new Error('provisioning did not fail')
    return toChaosError(outcome)
  }

  /** Puts an executable into the scene's folder. */
  async program(name: string, script: string): Promise<string> {
    const file = join(this.folder, name)
    await writeFile(file, script)
    await chmod(file, 0o755)
    return file
  }

  /** Names of the cache's entries, without the lock. */
  async cached(): Promise<string[]> {
    const names = await readdir(this.entry.parent)
    return names.filter((name) => !name.endsWith('.lock'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.session[Symbol.asyncDispose]()
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** By RFC 6761 no name under this domain ever resolves. */
export const unresolvable = 'http://releases.invalid'

const nothingGiven: Config = {
  temporalServer: undefined,
  temporalSqlTool: undefined,
  temporalMirror: unresolvable,
}

export function platform(): Platform {
  const here = platformOf()
  if (here === undefined) throw new Error('these tests run on Linux and macOS')
  return here
}
