// What there is to build, in which order, and what need not be built because it is there.
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
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

/** An image as it should be, and what the engine has of it. */
export interface Surveyed {
  readonly image: Image
  readonly base: string
  readonly recipe: string
  readonly state: State
}

export async function inspectSources(wanted: Wanted, signal: AbortSignal): Promise<Surveyed[]> {
  const images = [server, adminTools, postgres, ui, await worker()]
  const named = images.filter(({ key }) => wanted.keys.some((name) => name === key))
  return Promise.all(
    named.map(async (image) => {
      const base = image.needsPostgres ? baseImage : (wanted.base ?? baseImage)
      // A given base has no recipe: another image of the same name is another base.
      const given = base === baseImage ? baseRecipe : ((await findImage(base, signal))?.id ?? base)
      const recipe = await imageRecipe(image, given)
      const names = [image.name, ...image.aliases]
      const states = names.map(async (name) => stateOf((await findImage(name, signal))?.recipe, recipe))
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

/** Tells of one image: that it is there, or how long it took. */
type Done = (name: string, how: string) => void

/** Makes the base, which is mostly waiting for the network, beside all that does not stand on it yet. */
export async function buildAll(site: Site, wanted: Wanted, done: Done): Promise<void> {
  const surveyed = await inspectSources(wanted, site.signal)
  const due = surveyed.filter(({ state }) => state !== 'there')
  const runScenario = inLanes(site.onProgress)
  await allOrNone(site.signal, (signal) => {
    const needsBase = due.some(({ base }) => base === baseImage)
    const base = needsBase
      ? makeBase({ ...site, signal, onProgress: runScenario() }, wanted, done)
      : Promise.resolve()
    return [base, buildEach({ ...site, signal, onProgress: runScenario() }, surveyed, base, done)]
  })
  if (due.length > 0) await removeReplaced(site)
}

async function makeBase(site: Site, wanted: Wanted, done: Done): Promise<void> {
  await timed(baseImage, done, async () => {
    const found = await findImage(baseImage, site.signal)
    if (found?.recipe === baseRecipe) return false
    await buildBase(site, wanted.mirror ?? (await debianMirror()))
    return true
  })
  site.onProgress('')
}

/** Tells of each image once it is there. */
async function buildEach(
  site: Site,
  surveyed: readonly Surveyed[],
  base: Promise<void>,
  done: Done,
): Promise<void> {
  for (const each of surveyed) {
    await timed(each.image.name, done, async () => {
      if (each.state === 'there') return false
      await build(site, each, base)
      return true
    })
  }
}

async function build(site: Site, { image, base, recipe }: Surveyed, baseMade: Promise<void>): Promise<void> {
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
