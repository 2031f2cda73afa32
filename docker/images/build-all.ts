// Decides which images have to be built, and builds them in order.
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type Dockerode from 'dockerode'
import { baseImage } from '../../harness/containers/images/images.ts'
import { monotonicMs } from '../../harness/core/clock.ts'
import { formatDuration } from '../../harness/core/duration.ts'
import type { Wanted } from './arguments.ts'
import { baseRecipe, buildBase } from './base.ts'
import { buildImage, findImage, removeReplaced } from './engine.ts'
import type { Image, Site } from './image.ts'
import { debianMirror } from './mirror.ts'
import { postgres } from './postgres.ts'
import { imageFolder, imageRecipe } from './recipe.ts'
import { allOrNone, inLanes } from './side-by-side.ts'
import { adminTools, server } from './server.ts'
import { ui } from './ui.ts'
import { worker } from './worker.ts'

export type State = 'there' | 'out of date' | 'missing'

/** An image as it should be, compared with the engine's. */
export interface InspectedImage {
  readonly image: Image
  readonly base: string
  readonly recipe: string
  readonly state: State
}

export async function inspectImages(docker: Dockerode, wanted: Wanted): Promise<InspectedImage[]> {
  const images = [server, adminTools, postgres, ui, await worker()]
  const named = images.filter(({ key }) => wanted.keys.some((name) => name === key))
  return Promise.all(
    named.map(async (image) => {
      const base = image.needsPostgres ? baseImage : (wanted.base ?? baseImage)
      // A given base has no recipe: another image of the same name is another base.
      const given = base === baseImage ? baseRecipe : ((await findImage(docker, base))?.id ?? base)
      const recipe = await imageRecipe(image, given)
      const names = [image.name, ...image.aliases]
      const states = names.map(async (name) => stateOf((await findImage(docker, name))?.recipe, recipe))
      return { image, base, recipe, state: worst(await Promise.all(states)) }
    }),
  )
}

export function stateOf(found: string | undefined, recipe: string): State {
  if (found === undefined) return 'missing'
  return found === recipe ? 'there' : 'out of date'
}

function worst(states: readonly State[]): State {
  return (['missing', 'out of date'] as const).find((state) => states.includes(state)) ?? 'there'
}

/** Called for each image: it was there already, or how long the build took. */
type Done = (name: string, how: string) => void

/**
 * Making the base mostly waits for the network, so everything that does not need it yet goes on meanwhile.
 */
export async function buildAll(site: Site, wanted: Wanted, done: Done): Promise<void> {
  const inspected = await inspectImages(site.docker, wanted)
  const due = inspected.filter(({ state }) => state !== 'there')
  const nextLane = inLanes(site.onProgress)
  await allOrNone(site.signal, (signal) => {
    const needsBase = due.some(({ base }) => base === baseImage)
    const base = needsBase
      ? makeBase({ ...site, signal, onProgress: nextLane() }, wanted, done)
      : Promise.resolve()
    return [base, buildEach({ ...site, signal, onProgress: nextLane() }, inspected, base, done)]
  })
  if (due.length > 0) await removeReplaced(site.docker)
}

async function makeBase(site: Site, wanted: Wanted, done: Done): Promise<void> {
  await timed(baseImage, done, async () => {
    const found = await findImage(site.docker, baseImage)
    if (found?.recipe === baseRecipe) return false
    await buildBase(site, wanted.mirror ?? (await debianMirror()))
    return true
  })
  site.onProgress('')
}

async function buildEach(
  site: Site,
  inspected: readonly InspectedImage[],
  base: Promise<void>,
  done: Done,
): Promise<void> {
  for (const each of inspected) {
    await timed(each.image.name, done, async () => {
      if (each.state === 'there') return false
      await build(site, each, base)
      return true
    })
  }
}

async function build(
  site: Site,
  { image, base, recipe }: InspectedImage,
  baseMade: Promise<void>,
): Promise<void> {
  const context = join(site.session.folder, image.key)
  await cp(imageFolder(image.key), context, { recursive: true })
  await image.fill(site, context)
  site.onProgress('')
  await baseMade
  await buildImage(site, { ...image, base, recipe, context })
}

async function timed(name: string, done: Done, work: () => Promise<boolean>): Promise<void> {
  const sinceMs = monotonicMs()
  const built = await work()
  done(name, built ? `built in ${formatDuration(monotonicMs() - sinceMs)}` : 'is there')
}
