/** What may be logged of a fault: its name, code and place, never a message that could hold somebody's words. */
export function faultOf(error: unknown) {
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string }
  return {
    name,
    code,
    at: stack
      ?.split('\n')
      .filter(line => line.trim().startsWith('at '))
      .slice(0, 6),
  }
}
