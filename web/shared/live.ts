import { backoff } from './backoff.ts'

/** A socket that comes back by itself: after a cut, after sleep, after the network changed. */
export interface Live {
  /** Sends one frame; false when there is no open line. */
  send(frame: object): boolean
  /** Drops the line, if any, and tries again now. */
  again(): void
  /** Ends it for good. */
  close(): void
}

/** `waiting`: a new try is set; `tries` counts failures since the last good line. */
export type LineState = { is: 'connecting' | 'open' | 'waiting'; tries: number }

export interface LiveEars {
  opened(): void
  heard(frame: { t: string; [key: string]: unknown }): void
  changed(state: LineState): void
}

/** Milliseconds between pings, and how long a pong (any frame) may take. */
const PING_EVERY = 25_000
const PONG_WITHIN = 8_000

/** Opens a line to `path` of this host and keeps it. */
export function openLive(path: string, ears: LiveEars): Live {
  let socket: WebSocket | undefined
  let tries = 0
  let ended = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let ping: ReturnType<typeof setInterval> | undefined
  let pong: ReturnType<typeof setTimeout> | undefined

  function connect(): void {
    if (ended || socket) return
    clearTimeout(retry)
    ears.changed({ is: 'connecting', tries })
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const own = new WebSocket(`${scheme}://${location.host}${path}`)
    socket = own
    own.onopen = () => {
      ping = setInterval(ask, PING_EVERY)
      ears.changed({ is: 'open', tries })
      ears.opened()
    }
    own.onmessage = event => {
      if (own === socket) hear(event.data)
    }
    own.onclose = () => {
      if (own === socket) lost()
    }
  }

  function hear(data: unknown): void {
    clearTimeout(pong)
    tries = 0
    try {
      const frame = JSON.parse(String(data)) as { t: string }
      if (typeof frame?.t === 'string') ears.heard(frame)
    } catch (error) {
      console.error(error)
    }
  }

  function drop(): void {
    clearInterval(ping)
    clearTimeout(pong)
    const old = socket
    socket = undefined
    old?.close()
  }

  function lost(): void {
    drop()
    if (ended) return
    const wait = backoff(tries++, Math.random())
    ears.changed({ is: 'waiting', tries })
    clearTimeout(retry)
    retry = setTimeout(connect, wait)
  }

  /** A phone that slept may hold a line that is dead without having closed: ask, and do not believe silence. */
  function ask(): void {
    if (!send({ t: 'ping' })) return
    clearTimeout(pong)
    pong = setTimeout(lost, PONG_WITHIN)
  }

  function send(frame: object): boolean {
    if (socket?.readyState !== WebSocket.OPEN) return false
    socket.send(JSON.stringify(frame))
    return true
  }

  function wake(): void {
    if (document.visibilityState === 'hidden') return
    if (socket?.readyState === WebSocket.OPEN) ask()
    else if (!socket) connect()
  }

  document.addEventListener('visibilitychange', wake)
  addEventListener('online', wake)
  addEventListener('pageshow', wake)
  addEventListener('offline', lost)
  connect()

  return {
    send,
    again() {
      drop()
      connect()
    },
    close() {
      ended = true
      clearTimeout(retry)
      drop()
      document.removeEventListener('visibilitychange', wake)
      removeEventListener('online', wake)
      removeEventListener('pageshow', wake)
      removeEventListener('offline', lost)
    },
  }
}
