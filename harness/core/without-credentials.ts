// Addresses as people and reports may see them.

/** The text of an address without the name and password that it may carry. It need not be a valid address. */
export function withoutCredentials(address: string): string {
  return address.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/?#]*@/i, '$1//')
}
