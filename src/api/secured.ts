import type { FastifyHelmetOptions } from '@fastify/helmet'
import type { Config } from '../config.ts'

type Raw = { headers: { host?: string } }

/** Only a plain host name may enter the policy. */
const HOST = /^[A-Za-z0-9.-]+(:\d+)?$|^\[[0-9a-f:]+\](:\d+)?$/

/** Older web views do not count a socket of the same host as `'self'`, so it is named. */
const ownSocket = (request: unknown) => {
  const { host = '' } = (request as Raw).headers
  return HOST.test(host) ? `ws://${host} wss://${host}` : "'self'"
}

/** Response headers of every page: nothing from elsewhere, nothing inline, no framing. */
export function secured(config: Config): FastifyHelmetOptions {
  const https = config.publicUrl?.startsWith('https:') === true
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        connectSrc: ["'self'", ownSocket],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        styleSrc: ["'self'"],
        // Popups are placed by style attributes of single elements; no style sheet may be inline.
        styleSrcAttr: ["'unsafe-inline'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    hsts: https ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: false,
  }
}
