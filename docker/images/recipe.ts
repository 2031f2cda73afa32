// The hash of everything that decides what is in an image. It is written on the image as a label: where it is
// still the same, nothing has to be built.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Image } from './image.ts'

export const recipeLabel = 'temporal-chaos.recipe'

const checkout = fileURLToPath(new URL('../..', import.meta.url))

export interface Ingredient {
  readonly name: string
  readonly content: string | Buffer
}

/** Whatever order the ingredients come in. */
export function recipeOf(ingredients: readonly Ingredient[]): string {
  const hash = createHash('sha256')
  for (const { name, content } of ingredients.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${name}\0${Buffer.byteLength(content)}\0`).update(content)
  }
  return hash.digest('hex')
}

/** @param base what the image stands on: a recipe of ours, or the id or name of a given one */
export async function imageRecipe(image: Image, base: string): Promise<string> {
  const own = await readdir(imageFolder(image.key))
  const files = new Set([...own.map((name) => `docker/images/${image.key}/${name}`), ...image.files])
  const read = [...files].map(async (name) => ({ name, content: await readFile(join(checkout, name)) }))
  const texts = [`on ${base}`, ...image.versions].map((content) => ({ name: content, content: '' }))
  return recipeOf([...(await Promise.all(read)), ...texts])
}

export function imageFolder(key: string): string {
  return join(checkout, 'docker/images', key)
}

/** Path of a file of the checkout. */
export function inCheckout(file: string): string {
  return join(checkout, file)
}
