/** A client id for one message: 32 hexadecimal digits. `crypto.randomUUID` is missing in older web views and on plain HTTP. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
}
