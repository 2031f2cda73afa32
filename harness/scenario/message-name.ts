// The name of a message or query: a definition of the TypeScript SDK has one, and other languages know only the name.

export function messageName(definition: { readonly name: string } | string): string {
  return typeof definition === 'string' ? definition : definition.name
}
