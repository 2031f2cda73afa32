import { expect, test } from 'vitest'
import { recipeOf } from './recipe.ts'

test('a recipe is the same in whatever order its ingredients come', () => {
  const a = { name: 'a', content: '1' }
  const b = { name: 'b', content: Buffer.from('2') }
  expect(recipeOf([a, b])).toBe(recipeOf([b, a]))
})

test('a recipe is another one where a name, a content or the border between them is', () => {
  const recipes = [
    recipeOf([{ name: 'a', content: 'bc' }]),
    recipeOf([{ name: 'ab', content: 'c' }]),
    recipeOf([{ name: 'a', content: 'bd' }]),
    recipeOf([
      { name: 'a', content: 'b' },
      { name: 'c', content: '' },
    ]),
  ]
  expect(new Set(recipes).size).toBe(recipes.length)
})
