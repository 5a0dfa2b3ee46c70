import { Refusal } from '../../shared/api.ts'

/** Own words handed to the socket and not yet answered: each is a promise the acknowledgement keeps. */
export interface Receipts {
  /** Waits for the acknowledgement of `id`; throws `Refusal`, `offline` when none came in so many milliseconds. */
  expect(id: string, milliseconds: number): Promise<number>
  came(id: string, seq: number): void
  refused(id: string, refusal: Refusal): void
  /** The line is gone, and with it every acknowledgement still expected. */
  cut(): void
}

export function createReceipts(): Receipts {
  const open = new Map<string, { keep(seq: number): void; fail(refusal: Refusal): void }>()
  return {
    expect: (id, milliseconds) =>
      new Promise<number>((keep, fail) => {
        const late = setTimeout(() => open.get(id)?.fail(new Refusal('offline', '')), milliseconds)
        const end = <T>(then: (value: T) => void) => {
          return (value: T) => {
            clearTimeout(late)
            open.delete(id)
            then(value)
          }
        }
        open.set(id, { keep: end(keep), fail: end(fail) })
      }),
    came: (id, seq) => open.get(id)?.keep(seq),
    refused: (id, refusal) => open.get(id)?.fail(refusal),
    cut() {
      for (const { fail } of [...open.values()]) fail(new Refusal('offline', ''))
    },
  }
}
