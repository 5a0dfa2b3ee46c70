/** Readers of single variables: text in, a value or a told fault out. The environment itself is read in `config.ts` alone. */

/** Reads one variable; throws an Error whose message finishes the sentence "NAME …". */
export type Read<T> = (raw: string | undefined) => T

const must = (told: string): never => {
  throw new Error(`must be ${told}`)
}

export const text =
  (otherwise: string): Read<string> =>
  raw =>
    raw ?? otherwise

export const optional: Read<string | undefined> = raw => raw

export const shaped =
  (pattern: RegExp, told: string): Read<string | undefined> =>
  raw =>
    raw === undefined || pattern.test(raw) ? raw : must(told)

export const port: Read<number> = raw => {
  const value = Number(raw ?? 3000)
  return Number.isInteger(value) && value >= 0 && value <= 65535 ? value : must('a port from 0 to 65535')
}

export const oneOf =
  <const W extends readonly string[]>(words: W, otherwise: W[number]): Read<W[number]> =>
  raw =>
    raw === undefined ? otherwise : words.includes(raw) ? raw : must(`one of ${words.join(', ')}`)

export const origin =
  (told: string): Read<string | undefined> =>
  raw => {
    if (raw === undefined) return undefined
    const url = URL.canParse(raw) ? new URL(raw) : null
    return url && /^https?:$/.test(url.protocol) ? url.origin : must(told)
  }

export const zone: Read<string> = raw => {
  const value = raw ?? 'Asia/Shanghai'
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return value
  } catch {
    return must('a time zone such as Asia/Shanghai')
  }
}

export const database: Read<string | undefined> = raw =>
  raw === undefined || /^(file:.+|postgres(ql)?:\/\/.+)$/.test(raw)
    ? raw
    : must('file:/path/to.db or postgresql://…')

export const secret: Read<string | undefined> = raw =>
  raw === undefined || raw.length >= 32 ? raw : must('at least 32 characters')

/** `name=value,name=value`. */
export const named: Read<Readonly<Record<string, string>>> = raw =>
  Object.fromEntries(
    (raw ?? '')
      .split(',')
      .filter(Boolean)
      .map(pair => {
        const [, name, value] = /^\s*(\w+)=([\w-]+)\s*$/.exec(pair) ?? must('name=id, separated by commas')
        return [name, value]
      }),
  )

export const listed: Read<readonly string[]> = raw =>
  (raw ?? '')
    .split(',')
    .map(one => one.trim())
    .filter(Boolean)

export const proxy: Read<number | string | false> = raw => {
  if (raw === undefined || raw === '0') return false
  if (/^[1-9]$/.test(raw)) return Number(raw)
  return /^[0-9a-fA-F.:/, a-z]+$/.test(raw) && raw !== 'true'
    ? raw
    : must('a count of proxies, their addresses, or loopback')
}
