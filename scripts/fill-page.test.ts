import { expect, test } from 'vitest'
import { checkAllUsed, fillPage } from './fill-page.ts'

test('a text replaces what stood between its markers, and nothing else', async () => {
  const page =
    'a\n<!-- generated:one -->\nold $& text\n<!-- /generated -->\nb <!-- generated:two --><!-- /generated -->'
  const generators = { one: () => 'new $& one', two: () => Promise.resolve('new two') }
  const once = await fillPage(page, generators, '')
  expect(once).toBe(
    'a\n<!-- generated:one -->\n\nnew $& one\n\n<!-- /generated -->\nb <!-- generated:two -->\n\nnew two\n\n<!-- /generated -->',
  )
  expect(await fillPage(once, generators, '')).toBe(once)
})

test('a text knows the way from its page to the root', async () => {
  const page = '<!-- generated:link --><!-- /generated -->'
  const filled = await fillPage(page, { link: (toRoot) => `[a](${toRoot}a.ts)` }, '../')
  expect(filled).toContain('\n\n[a](../a.ts)\n\n')
})

test('a place without a text, and a text without a place, are mistakes', async () => {
  const page = '<!-- generated:two --><!-- /generated -->'
  await expect(fillPage(page, {}, '')).rejects.toThrow('no text called two')
  const generators = { one: () => '', two: () => '' }
  expect(() => checkAllUsed([page], generators)).toThrow('no page has a place for one')
  expect(checkAllUsed([page, '<!-- generated:one --><!-- /generated -->'], generators)).toBeUndefined()
})
