// Makes Temporal's databases by its own tool, in a container that ends by itself.
import { ChaosError } from '../../errors.ts'
import { schemaSteps, superuser } from '../service/databases.ts'
import { diskFullHint, saysDiskFull } from '../service/disk-full.ts'
import { tailOf } from '../service/log-tail.ts'
import { databaseInside } from './addresses.ts'
import { endOfContainer } from './container-end.ts'
import { containerLog } from './container-log.ts'
import { explained } from './engine-failures.ts'
import type { DockerGround } from './ground.ts'
import { removeContainer } from './remove-container.ts'
import { startContainer } from './stack-container.ts'

/** @throws ChaosError `CHAOS_SCHEMA_FAILED`, `CHAOS_DISK_FULL`, `CHAOS_IMAGE_UNFIT`; the ground's reason where it ends */
export async function createSchemas(ground: DockerGround, password: string): Promise<void> {
  const { engine, images, network, session, signal } = ground
  const image = images.adminTools
  const container = await explained(image, () =>
    startContainer({
      engine,
      sessionId: session.id,
      network,
      alias: 'admin-tools',
      image,
      user: '1000:1000',
      entrypoint: ['sh', '-c'],
      command: [schemaScript()],
      env: {
        SQL_PLUGIN: 'postgres12',
        SQL_HOST: databaseInside.host,
        SQL_PORT: String(databaseInside.port),
        SQL_USER: superuser,
        SQL_PASSWORD: password,
      },
      memoryGiB: 1,
    }),
  )
  await using _removal = { [Symbol.asyncDispose]: () => removeContainer(container) }
  const stop = Promise.withResolvers<never>()
  const onAbort = () => stop.reject(signal.reason as Error)
  signal.addEventListener('abort', onAbort, { once: true })
  const exit = await Promise.race([endOfContainer(container), stop.promise]).finally(() =>
    signal.removeEventListener('abort', onAbort),
  )
  if (exit.code === 0) return
  const log = containerLog(container, `the log of ${image}`)
  const full = saysDiskFull(await log.end())
  throw new ChaosError(
    `temporal-sql-tool in ${image} could not make the databases:\n${await tailOf(log, 8)}`,
    {
      code: full ? 'CHAOS_DISK_FULL' : 'CHAOS_SCHEMA_FAILED',
      ...(full ? { hint: diskFullHint } : {}),
    },
  )
}

/** Both databases side by side; fails where one of them does. */
export function schemaScript(): string {
  const making = Object.entries(schemaSteps).map(([database, steps]) =>
    steps.map((step) => ['temporal-sql-tool', '--database', database, ...step].join(' ')).join(' && '),
  )
  const begun = making.map((commands, index) => `(${commands}) & p${index}=$!`).join('\n')
  const waited = making.map((_, index) => `wait "$p${index}" || failed=1`).join('\n')
  return `failed=0\n${begun}\n${waited}\nexit $failed`
}
